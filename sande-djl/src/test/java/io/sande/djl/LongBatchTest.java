package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.Labels;
import io.sande.model.TokenSequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Batches so long that the engine multiplies them otherwise than a single sequence. */
class LongBatchTest {
  private static final Path VICTIM = Path.of("../examples/victim");

  @Test
  void isScoredAsItsSequencesAlone() throws IOException {
    assertScoresAsAlone(VICTIM, LoadOptions.DEFAULT, 1e-4);
  }

  @Test
  void isScoredAsItsSequencesAloneByAModelWithBiases() throws IOException {
    assertScoresAsAlone(Golden.model("qwen2_tied_f32"), LoadOptions.DEFAULT, 1e-4);
  }

  @Test
  void isScoredAsItsSequencesAloneInBfloat16() throws IOException {
    LoadOptions bfloat16 = LoadOptions.DEFAULT.withDtype(LoadOptions.Precision.BFLOAT16);
    assertScoresAsAlone(VICTIM, bfloat16, .1);
  }

  private static void assertScoresAsAlone(Path folder, LoadOptions options, double tolerance)
      throws IOException {
    try (DjlModel model = DjlModel.load(folder, options)) {
      Random random = new Random(1);
      int tokens = Math.min(1000, model.info().vocabularySize());
      List<TokenSequence> sequences = new ArrayList<>();
      for (int i = 0; i < 72; i++) { // 7,740 tokens; the victim takes 7,281 at a time
        int length = 90 + i / 2;
        int[] ids = random.ints(length, 10, tokens).toArray();
        sequences.add(new TokenSequence(ids, Labels.ofResponse(length - 3, 3, 3)));
      }
      List<double[]> together = model.score(sequences);
      for (int i : new int[] {0, 31, 70, 71}) {
        double[] alone = model.score(List.of(sequences.get(i))).get(0);
        assertThat(together.get(i)).containsExactly(alone, within(tolerance));
      }
    }
  }

  @Test
  void isAnsweredAsItsPromptsAlone() throws IOException {
    assertAnswersAsAlone(VICTIM);
  }

  @Test
  void isAnsweredAsItsPromptsAloneByAModelWithBiases() throws IOException {
    assertAnswersAsAlone(Golden.model("qwen2_tied_f32"));
  }

  private static void assertAnswersAsAlone(Path folder) throws IOException {
    try (DjlModel model = DjlModel.load(folder, LoadOptions.DEFAULT)) {
      Random random = new Random(1);
      int tokens = Math.min(1000, model.info().vocabularySize());
      List<int[]> prompts = new ArrayList<>();
      for (int i = 0; i < 20; i++) { // from 16 on weights are multiplied by parts
        prompts.add(random.ints(5 + i, 10, tokens).toArray());
      }
      List<int[]> together = model.generate(prompts, 8);
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(together.get(i)).isEqualTo(model.generate(prompts.subList(i, i + 1), 8).get(0));
      }
    }
  }
}
