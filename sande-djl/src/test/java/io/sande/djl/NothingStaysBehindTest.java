package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.sande.model.AdamW;
import io.sande.model.Continuations;
import io.sande.model.Labels;
import io.sande.model.Prefix;
import io.sande.model.Snapshot;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Native memory of jobs and of models; the whole process is measured by the benchmark Cycles. */
class NothingStaysBehindTest {
  private static final int[] PROMPT = {5, 3, 9};
  private static final TokenSequence SEQUENCE =
      new TokenSequence(new int[] {3, 5, 7, 9}, Labels.ofResponse(1, 3, 3));

  private static DjlModel load(LoadOptions.Precision precision) throws IOException {
    return DjlModel.load(Golden.model("llama2_mha_f32"), LoadOptions.DEFAULT.withDtype(precision));
  }

  private static void everything(DjlModel model) {
    for (Weights weights : List.of(new Weights.All(), new Weights.Rounded(1))) {
      step(model.train(weights, AdamW.DEFAULT));
    }
    SoftPrompt start = SoftPrompt.zeros(1, 2, model.info().hiddenSize());
    step(model.trainSoftPrompt(start, AdamW.DEFAULT));
    step(model.train(Weights.Lora.ofRank(2, 1), AdamW.DEFAULT));
    try (Snapshot snapshot = model.snapshot();
        Prefix prefix = model.prefix(PROMPT);
        Continuations continuations = model.continuations(List.of(PROMPT))) {
      model.moveTowards(snapshot, 0.5);
      model.generate(prefix, List.of(PROMPT), 2);
      model.generate(List.of(PROMPT), 2);
      model.score(List.of(SEQUENCE));
      continuations.follow(List.of(PROMPT), 2);
    }
    model.mergeAdapter();
  }

  private static void step(Training training) {
    try (training) {
      training.step(List.of(SEQUENCE), 1e-4);
    }
  }

  @Test
  void jobsLeaveTheModelsArraysAndNoOthers() throws IOException {
    for (LoadOptions.Precision precision : LoadOptions.Precision.values()) {
      try (DjlModel model = load(precision)) {
        Set<String> loaded = arrays(model);
        for (int i = 0; i < 3; i++) {
          everything(model);
          assertThat(arrays(model)).isEqualTo(loaded);
        }
      }
    }
  }

  private static Set<String> arrays(DjlModel model) {
    return model.decoder().manager().getManagedArrays().stream()
        .map(NDArray::getUid)
        .collect(Collectors.toSet());
  }

  @Test
  void nothingKeepsAClosedModel() throws Exception {
    List<WeakReference<Object>> closed = closed();
    for (int i = 0; i < 50 && closed.stream().anyMatch(one -> one.get() != null); i++) {
      System.gc();
      Thread.sleep(20); // DJL keeps what is open in a static table, and the JVM its hooks
    }
    assertThat(closed).allMatch(one -> one.get() == null);
  }

  private static List<WeakReference<Object>> closed() throws IOException {
    try (DjlModel model = load(LoadOptions.Precision.FLOAT32)) {
      everything(model);
      return List.of(new WeakReference<>(model), new WeakReference<>(model.decoder().manager()));
    }
  }
}
