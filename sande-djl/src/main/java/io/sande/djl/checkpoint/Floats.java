package io.sande.djl.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Stored numbers as float32 and back. */
final class Floats {
  private Floats() {}

  /** Numbers of {@code tensor}, row-major; more than a Java array holds are refused. */
  static float[] read(SafetensorsFile file, TensorEntry tensor) throws IOException {
    if (!tensor.dtype().isWeight() || tensor.bytes() > SafetensorsFile.LONGEST_SLICE) {
      throw new CheckpointException(
          file.path(),
          "tensor '%s' is %s %s, which cannot be read as one float32 array"
              .formatted(tensor.name(), tensor.dtype(), tensor.shape()));
    }
    ByteBuffer bytes = file.map(tensor, 0, tensor.bytes());
    float[] values = new float[(int) tensor.elements()];
    switch (tensor.dtype()) {
      case F32 -> bytes.asFloatBuffer().get(values);
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat(bytes.getShort() << 16);
        }
      }
      default -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = half(bytes.getShort());
        }
      }
    }
    return values;
  }

  /** {@code values} as stored F32. */
  static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  /** IEEE half precision: sign, 5 bits of exponent with bias 15, 10 bits of fraction. */
  static float half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat(((exponent + 127 - 15) << 23) | (fraction << 13));
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
