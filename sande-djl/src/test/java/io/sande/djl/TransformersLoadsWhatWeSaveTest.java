package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import io.sande.model.AdamW;
import io.sande.model.Labels;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opt-in: {@code -Dsande.python=PYTHON}, an interpreter that has torch and transformers. */
@EnabledIfSystemProperty(named = "sande.python", matches = ".+")
class TransformersLoadsWhatWeSaveTest {
  private static final String LOGITS =
      """
      import json, sys, torch
      from transformers import AutoModelForCausalLM
      model = AutoModelForCausalLM.from_pretrained(sys.argv[1], dtype=torch.float32)
      print(json.dumps(model(torch.tensor([json.loads(sys.argv[2])])).logits[0, -1].tolist()))
      """;

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama2_mha_f32",
        "llama3_gqa_tied_bf16",
        "llama_linear_bias_f32",
        "qwen2_tied_f32",
        "qwen2_sharded_f16",
        "qwen3_tied_bf16",
        "mistral_sw8_bf16"
      })
  void logitsAreThoseOfTheReopenedModel(String name) throws IOException, InterruptedException {
    int[] ids = {5, 9, 17, 33, 41, 7};
    TokenSequence sequence = new TokenSequence(ids, Labels.ofResponse(2, 4, 4));
    Path saved = temporary.resolve("saved");
    try (DjlModel model = DjlModel.load(Golden.model(name), LoadOptions.DEFAULT)) {
      try (Training training = model.train(new Weights.All(), AdamW.DEFAULT)) {
        training.step(List.of(sequence), 1e-3);
      }
      model.save(saved);
    }
    try (DjlModel reopened = DjlModel.load(saved, LoadOptions.DEFAULT)) {
      float[] found = reopened.decoder().logits(PackedBatch.ofPrompts(List.of(ids)));
      assertThat(found).containsExactly(python(saved, ids), within(1e-4f));
    }
  }

  private static float[] python(Path folder, int[] ids) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                System.getProperty("sande.python"),
                "-c",
                LOGITS,
                folder.toString(),
                Arrays.toString(ids))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return new Gson().fromJson(output, float[].class);
  }
}
