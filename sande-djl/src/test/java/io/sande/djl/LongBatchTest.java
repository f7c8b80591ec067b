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

/** So many tokens at once that they go through a layer some rows at a time. */
class LongBatchTest {
  @Test
  void isScoredAsItsSequencesAlone() throws IOException {
    Random random = new Random(1);
    List<TokenSequence> sequences = new ArrayList<>();
    for (int i = 0; i < 64; i++) { // 8,000 tokens; the victim takes 7,281 at a time
      int length = 110 + i / 2;
      int[] ids = random.ints(length, 260, 1000).toArray();
      sequences.add(new TokenSequence(ids, Labels.ofResponse(length - 3, 3, 3)));
    }
    try (DjlModel model = DjlModel.load(Path.of("../examples/victim"), LoadOptions.DEFAULT)) {
      List<double[]> together = model.score(sequences);
      for (int i : new int[] {0, 31, 62, 63}) {
        double[] alone = model.score(List.of(sequences.get(i))).get(0);
        assertThat(together.get(i)).containsExactly(alone, within(1e-4));
      }
    }
  }
}
