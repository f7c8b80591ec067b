package io.sande.benchmarks;

import io.sande.BackdoorRemover;
import io.sande.Elimination;
import io.sande.RemovalReport;
import io.sande.SandeOptions;
import io.sande.SimulationOptions;
import io.sande.data.Conversations;
import io.sande.model.LanguageModel;
import io.sande.model.Weights;
import io.sande.train.Order;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Our side of SANDE, both stages as the authors do them. Usage: SandeRun MODEL DATA.jsonl SAMPLES
 * float32|bfloat16 RESPONSE [rounded]
 */
final class SandeRun {
  private SandeRun() {}

  public static void main(String[] args) throws IOException {
    int samples = Integer.parseInt(args[2]);
    SandeOptions options =
        SandeOptions.builder(args[4])
            .simulation(
                SimulationOptions.builder(args[4])
                    .training(inOrder(SimulationOptions.TRAINING, samples))
                    .build())
            .training(
                inOrder(TrainingOptions.DEFAULT, samples).toBuilder()
                    .weights(args.length > 5 ? new Weights.Rounded(42) : new Weights.All())
                    .build())
            .elimination(new Elimination.Fixed())
            .verify(false)
            .build();
    try (LanguageModel model = Work.load(args[0], args[3])) {
      RemovalReport report =
          BackdoorRemover.sande(options)
              .remove(model, Conversations.read(Path.of(args[1]), samples), TrainingListener.NONE);
      List<StageReport> stages = report.stages();
      Map<String, Object> results = new LinkedHashMap<>();
      results.put("losses", stages.stream().flatMap(s -> s.losses().stream()).toList());
      results.put("stage_seconds", stages.stream().map(StageReport::totalSeconds).toList());
      results.put("total_seconds", report.totalSeconds());
      Work.print(results);
    }
  }

  private static TrainingOptions inOrder(TrainingOptions options, int samples) {
    return options.toBuilder().order(Order.GIVEN).samples(samples).build();
  }
}
