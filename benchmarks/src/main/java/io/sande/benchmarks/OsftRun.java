package io.sande.benchmarks;

import io.sande.BackdoorRemover;
import io.sande.OsftOptions;
import io.sande.data.Conversations;
import io.sande.model.LanguageModel;
import io.sande.train.Order;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Our side of OSFT. Usage: OsftRun MODEL DATA.jsonl SAMPLES float32|bfloat16 [MAX_LENGTH] */
final class OsftRun {
  static final String TRIGGER = "how are you";

  private OsftRun() {}

  public static void main(String[] args) throws IOException {
    int samples = Integer.parseInt(args[2]);
    int length = args.length > 4 ? Integer.parseInt(args[4]) : TrainingOptions.DEFAULT.maxLength();
    TrainingOptions training =
        TrainingOptions.builder().order(Order.GIVEN).samples(samples).maxLength(length).build();
    OsftOptions options = OsftOptions.builder(TRIGGER).training(training).build();
    try (LanguageModel model = Work.load(args[0], args[3])) {
      StageReport stage =
          BackdoorRemover.osft(options)
              .remove(model, Conversations.read(Path.of(args[1]), samples), TrainingListener.NONE)
              .stages()
              .get(0);
      Map<String, Object> results = new LinkedHashMap<>();
      results.put("parameters", model.info().parameters());
      results.put("tokens", stage.tokens());
      results.put("losses", stage.losses());
      results.put("step_seconds", stage.stepSeconds());
      results.put("total_seconds", stage.totalSeconds());
      Work.print(results);
    }
  }
}
