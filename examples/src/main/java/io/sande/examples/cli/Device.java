package io.sande.examples.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a model is computed.
 *
 * @param gpu number of the GPU, -1 for the CPU
 */
record Device(int gpu) {
  static final Device CPU = new Device(-1);

  private static final Pattern GPU = Pattern.compile("gpu(\\d{1,3})");

  static Device parse(String text) {
    if (text.equals("cpu")) {
      return CPU;
    }
    Matcher gpu = GPU.matcher(text);
    if (gpu.matches()) {
      return new Device(Integer.parseInt(gpu.group(1)));
    }
    throw new TypeConversionException("expected cpu, gpu0, gpu1, ... but was '" + text + "'");
  }

  boolean isGpu() {
    return gpu >= 0;
  }

  @Override
  public String toString() {
    return isGpu() ? "gpu" + gpu : "cpu";
  }

  /** For picocli. */
  static final class Converter implements ITypeConverter<Device> {
    @Override
    public Device convert(String value) {
      return parse(value);
    }
  }
}
