package io.sande.benchmarks;

import com.google.gson.Gson;
import io.sande.djl.DjlModels;
import io.sande.djl.LoadOptions;
import io.sande.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the measured programs share: arguments, the model, one JSON object on standard output. */
final class Work {
  private Work() {}

  static LanguageModel load(String folder, String dtype) throws IOException {
    LoadOptions.Precision precision = LoadOptions.Precision.valueOf(dtype.toUpperCase(Locale.ROOT));
    return DjlModels.load(Path.of(folder), LoadOptions.DEFAULT.withDtype(precision));
  }

  /** Prints {@code results} and the peak of resident memory, in MiB. */
  static void print(Map<String, Object> results) throws IOException {
    results.put("peak_rss_mib", peakMiB());
    System.out.println(new Gson().toJson(results));
  }

  private static double peakMiB() throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
    String peak = status.stream().filter(l -> l.startsWith("VmHWM")).findFirst().orElseThrow();
    return Long.parseLong(peak.replaceAll("\\D", "")) / 1024.0;
  }
}
