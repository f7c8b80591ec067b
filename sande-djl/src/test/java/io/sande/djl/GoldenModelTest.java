package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.google.common.primitives.Ints;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sande.djl.checkpoint.TensorSpec;
import io.sande.djl.kernel.Arguments;
import io.sande.model.AdamW;
import io.sande.model.Labels;
import io.sande.model.Prefix;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine against what transformers computes on the same tiny checkpoints, in float32. */
class GoldenModelTest {
  private static final float LOGITS = 2e-4f;
  private static final double LOSS = 2e-5;
  @TempDir Path temporary;

  static Stream<String> models() {
    return Stream.of(
        "llama2_mha_f32",
        "llama3_gqa_tied_bf16",
        "llama_linear_bias_f32",
        "qwen2_tied_f32",
        "qwen2_sharded_f16",
        "qwen3_tied_bf16",
        "mistral_sw8_bf16");
  }

  @ParameterizedTest
  @MethodSource("models")
  void logitsAndLossAreThoseOfTransformers(String name) throws IOException {
    Golden golden = Golden.read(Golden.model(name));
    try (DjlModel model = DjlModel.load(Golden.model(name), LoadOptions.DEFAULT)) {
      assertLogits(model, golden);
      assertThat(loss(model, batch(golden))).isCloseTo(scalar(golden, "batch.loss"), within(LOSS));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "llama_linear_bias_f32, rope_default",
    "llama_linear_bias_f32, rope_dynamic",
    "llama_linear_bias_f32, rope_yarn",
    "mistral_sw8_bf16, no_window",
    "qwen2_tied_f32, sliding_window"
  })
  void otherConfigurationsOfTheSameWeightsGiveTheirLogits(String name, String alt)
      throws IOException {
    Path folder = Golden.model(name).resolve("alt").resolve(alt);
    try (DjlModel model =
        DjlModel.load(withConfig(name, folder.resolve("config.json")), LoadOptions.DEFAULT)) {
      float[] logits = Golden.read(folder).floats("logits");
      assertLogits(model, logits, Golden.read(Golden.model(name)));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void theClassicSpellingOfTheConfigurationGivesTheSame(String name) throws IOException {
    Path folder = withConfig(name, Golden.model(name).resolve("config.v4.json"));
    try (DjlModel model = DjlModel.load(folder, LoadOptions.DEFAULT)) {
      assertLogits(model, Golden.read(Golden.model(name)));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientsAreThoseOfTransformers(String name) throws IOException {
    Golden golden = Golden.read(Golden.model(name));
    try (DjlModel model = DjlModel.load(Golden.model(name), LoadOptions.DEFAULT)) {
      List<TensorSpec> specs = model.layout().tensors();
      List<float[]> gradients = gradients(model, batch(golden));
      JsonObject norms = golden.json().getAsJsonObject("grad_norms");
      for (int i = 0; i < specs.size(); i++) {
        double wanted = norms.get(specs.get(i).name()).getAsDouble();
        assertThat(norm(gradients.get(i))).isCloseTo(wanted, within(2e-4 * wanted));
        if (golden.has("grad." + specs.get(i).name())) {
          assertClose(gradients.get(i), golden.floats("grad." + specs.get(i).name()), 2e-4);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama2_mha_f32", "qwen2_tied_f32"})
  void thePaddingTokensRowLearnsNothingFromTheLookUp(String name) throws IOException {
    Golden golden = Golden.read(Golden.model(name));
    try (DjlModel model = DjlModel.load(Golden.model(name), LoadOptions.DEFAULT)) {
      int[] ids = golden.integers("padrow.input_ids")[0];
      TokenSequence all = new TokenSequence(ids, labels(ids.length, 1));
      float[] table = gradients(model, List.of(all)).get(0);
      int h = model.info().hiddenSize();
      int pad = model.decoder().config().padToken();
      float[] ofPad = Arrays.copyOfRange(table, pad * h, (pad + 1) * h);
      assertClose(ofPad, golden.floats("padrow.grad_of_pad_row"), 2e-4);
      assertClose(
          Arrays.copyOfRange(table, 5 * h, 6 * h), golden.floats("padrow.grad_of_row_5"), 2e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aSoftPromptGivesItsLogitsLossAndGradient(String name) throws IOException {
    Golden golden = Golden.read(Golden.model(name));
    try (DjlModel model = DjlModel.load(Golden.model(name), LoadOptions.DEFAULT)) {
      SoftPrompt soft = SoftPrompt.of(2, 6, golden.floats("soft.prompt"));
      List<TokenSequence> batch = batch(golden).stream().map(s -> s.with(soft)).toList();
      assertThat(loss(model, batch)).isCloseTo(scalar(golden, "soft.loss"), within(LOSS));
      assertClose(gradients(model, batch).get(0), golden.floats("soft.grad"), 2e-4);
      float[] wanted = golden.floats("soft.logits");
      int v = model.info().vocabularySize();
      int columns = Math.toIntExact(golden.shape("soft.logits").get(1));
      for (int row = 0; row < batch.size(); row++) {
        int[] ids = batch.get(row).ids();
        TokenSequence all = new TokenSequence(ids, labels(ids.length, 2)).with(soft);
        float[] logits = model.decoder().logits(PackedBatch.ofLabels(List.of(all)));
        int from = (row * columns + 7) * v; // position 7, the last of the vectors, predicts token 2
        float[] part = Arrays.copyOfRange(wanted, from, from + logits.length);
        assertThat(logits).containsExactly(part, within(LOGITS));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void generationIsExact(String name) throws IOException {
    Golden golden = Golden.read(Golden.model(name));
    try (DjlModel model = DjlModel.load(Golden.model(name), LoadOptions.DEFAULT)) {
      JsonObject generation = golden.json().getAsJsonObject("generation");
      int pad = generation.get("pad_token_id").getAsInt();
      int most = generation.get("max_new_tokens").getAsInt();
      PackedBatch prompts = PackedBatch.ofPrompts(unpadded(golden));
      for (String kind : List.of("no_eos", "one_eos", "two_eos")) {
        JsonElement eos =
            generation.getAsJsonObject("cases").getAsJsonObject(kind).get("eos_token_id");
        long[][] found =
            model.decoder().generate(prompts, new GenerationPlan(most, integers(eos), pad));
        int[][] wanted = golden.integers("gen." + kind + ".sequences");
        int start = golden.integers("gen.input_ids")[0].length;
        for (int row = 0; row < found.length; row++) {
          int[] sequence = wanted[prompts.order()[row]];
          assertThat(Arrays.stream(found[row]).mapToInt(i -> (int) i).toArray())
              .as(kind)
              .containsExactly(Arrays.copyOfRange(sequence, start, sequence.length));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void scoresAreThoseOfTransformers(String name) throws IOException {
    Golden golden = Golden.read(Golden.model(name));
    try (DjlModel model = DjlModel.load(Golden.model(name), LoadOptions.DEFAULT)) {
      int[] prompt = golden.integers("response.prompt_ids")[0];
      int[] response = golden.integers("response.response_ids")[0];
      int[] ids = IntStream.concat(Arrays.stream(prompt), Arrays.stream(response)).toArray();
      Labels labels = Labels.ofResponse(prompt.length, response.length, response.length);
      double[] scores = model.score(List.of(new TokenSequence(ids, labels))).get(0);
      float[] wanted = golden.floats("response.log_probs");
      for (int i = 0; i < wanted.length; i++) {
        assertThat(scores[i]).isCloseTo(wanted[i], within(2e-4));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "llama2_mha_f32, wd0",
    "llama2_mha_f32, wd01_clip1",
    "qwen2_tied_f32, wd0",
    "qwen2_tied_f32, wd01_clip1"
  })
  void threeStepsOfAdamWAreThoseOfTransformers(String name, String variant) throws IOException {
    Golden golden = Golden.read(Golden.model(name));
    JsonObject wanted = golden.json().getAsJsonObject("adamw").getAsJsonObject(variant);
    JsonElement clip = wanted.get("clip");
    AdamW optimizer =
        new AdamW(
            0.9,
            0.95,
            1e-8,
            wanted.get("weight_decay").getAsDouble(),
            clip.isJsonNull() ? Double.POSITIVE_INFINITY : clip.getAsDouble());
    try (DjlModel model = DjlModel.load(Golden.model(name), LoadOptions.DEFAULT)) {
      try (Training training = model.train(new Weights.All(), optimizer)) {
        for (int step = 0; step < 3; step++) {
          double loss = wanted.getAsJsonArray("losses").get(step).getAsDouble();
          assertThat(training.step(batch(golden), 1e-3)).isCloseTo(loss, within(1e-4));
        }
      }
      double last = wanted.getAsJsonArray("losses").get(3).getAsDouble();
      assertThat(loss(model, batch(golden))).isCloseTo(last, within(1e-4));
      List<TensorSpec> specs = model.layout().tensors();
      for (int i = 0; i < specs.size(); i++) {
        float[] values = model.decoder().weights().get(i).toFloatArray();
        double norm = wanted.getAsJsonObject("final_norms").get(specs.get(i).name()).getAsDouble();
        assertThat(norm(values)).isCloseTo(norm, within(2e-4 * norm));
        String parameter = "adamw." + variant + ".final." + specs.get(i).name();
        if (golden.has(parameter)) {
          assertThat(values).containsExactly(golden.floats(parameter), within(3e-4f));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void bfloat16StaysNearFloat32InLossAndTraining(String name) throws IOException {
    Golden golden = Golden.read(Golden.model(name));
    LoadOptions options = LoadOptions.DEFAULT.withDtype(LoadOptions.Precision.BFLOAT16);
    try (DjlModel model = DjlModel.load(Golden.model(name), options)) {
      double before = loss(model, batch(golden));
      assertThat(before).isCloseTo(scalar(golden, "batch.loss"), within(0.05 * before));
      try (Training training = model.train(new Weights.All(), AdamW.DEFAULT)) {
        assertThat(training.step(batch(golden), 1e-3)).isCloseTo(before, within(1e-3));
      }
      assertThat(loss(model, batch(golden))).isLessThan(before - 0.5);
      SoftPrompt zeros = SoftPrompt.zeros(2, 6, model.info().hiddenSize());
      try (SoftPromptTraining training = model.trainSoftPrompt(zeros, AdamW.DEFAULT)) {
        double first = training.step(batch(golden), 1e-2);
        for (int step = 0; step < 8; step++) {
          training.step(batch(golden), 1e-2);
        }
        assertThat(training.step(batch(golden), 1e-2)).isLessThan(first);
      }
      assertThat(model.generate(List.of(new int[] {5, 6, 7}), 4).get(0)).hasSizeBetween(1, 4);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aPrefixThatIsComputedOnceChangesNoToken(String name) throws IOException {
    try (DjlModel model = DjlModel.load(Golden.model(name), LoadOptions.DEFAULT)) {
      assertSameBehindAPrefix(model, 11, 10); // longer than the window of 8 that one model has
      assertSameBehindAPrefix(model, 3, 20);
      assertSameOneByOne(model);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "llama_linear_bias_f32, rope_dynamic",
    "llama_linear_bias_f32, rope_yarn",
    "qwen2_tied_f32, sliding_window"
  })
  void aPrefixChangesNothingInOtherConfigurations(String name, String alt) throws IOException {
    Path config = Golden.model(name).resolve("alt").resolve(alt).resolve("config.json");
    try (DjlModel model = DjlModel.load(withConfig(name, config), LoadOptions.DEFAULT)) {
      assertSameBehindAPrefix(model, 11, 10);
      if (!alt.equals("rope_dynamic")) { // which turns keys by the longest prompt beside them
        assertSameOneByOne(model);
      }
    }
  }

  private static void assertSameBehindAPrefix(DjlModel model, int length, int most) {
    int[] ids = IntStream.range(0, length).map(i -> 5 + i * 7 % 60).toArray();
    List<int[]> rests =
        List.of(new int[] {9, 8, 7, 20, 21}, new int[] {30}, new int[] {6, 5}, new int[] {40});
    List<int[]> whole = rests.stream().map(rest -> Ints.concat(ids, rest)).toList();
    try (Prefix prefix = model.prefix(ids)) {
      List<int[]> wanted = model.generate(whole, most);
      List<int[]> found = model.generate(prefix, rests, most);
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(found.get(i)).containsExactly(wanted.get(i));
        assertThat(model.generate(prefix, List.of(rests.get(i)), most).get(0))
            .containsExactly(model.generate(List.of(whole.get(i)), most).get(0));
      }
    }
  }

  /** Enough prompts for what they begin with to be computed once, and each on its own. */
  private static void assertSameOneByOne(DjlModel model) {
    List<int[]> prompts =
        IntStream.range(0, 20)
            .mapToObj(i -> IntStream.range(0, 12 + i % 5).map(t -> t < 11 ? 5 + t : 20 + i + t))
            .map(IntStream::toArray)
            .toList();
    List<int[]> together = model.generate(prompts, 10);
    for (int i = 0; i < prompts.size(); i++) {
      assertThat(together.get(i))
          .containsExactly(model.generate(List.of(prompts.get(i)), 10).get(0));
    }
  }

  /** A copy of the folder with another config.json. */
  private Path withConfig(String name, Path config) throws IOException {
    Path copy = temporary.resolve("model");
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(Golden.model(name))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    copy.resolve("config.json").toFile().setWritable(true);
    Files.copy(config, copy.resolve("config.json"), StandardCopyOption.REPLACE_EXISTING);
    return copy;
  }

  private static void assertLogits(DjlModel model, Golden golden) {
    assertLogits(model, golden.floats("batch.logits"), golden);
  }

  /** Compares where there are tokens; {@code wanted} is [3, 17, V]. */
  static void assertLogits(DjlModel model, float[] wanted, Golden inputs) {
    int v = model.info().vocabularySize();
    List<TokenSequence> batch = batch(inputs);
    int columns = wanted.length / v / batch.size();
    List<TokenSequence> all =
        batch.stream().map(s -> new TokenSequence(s.ids(), labels(s.ids().length, 1))).toList();
    PackedBatch packed = PackedBatch.ofLabels(all);
    float[] found = model.decoder().logits(packed);
    int at = 0;
    for (int row : packed.order()) {
      int count = (all.get(row).ids().length - 1) * v;
      float[] part = Arrays.copyOfRange(wanted, row * columns * v, row * columns * v + count);
      assertThat(Arrays.copyOfRange(found, at, at + count)).containsExactly(part, within(LOGITS));
      at += count;
    }
    assertThat(at).isEqualTo(found.length);
  }

  static List<TokenSequence> batch(Golden golden) {
    int[][] ids = golden.integers("batch.input_ids");
    int[][] mask = golden.integers("batch.attention_mask");
    int[][] labels = golden.integers("batch.labels");
    List<TokenSequence> batch = new ArrayList<>();
    for (int row = 0; row < ids.length; row++) {
      int length = Arrays.stream(mask[row]).sum();
      BitSet counted = new BitSet();
      for (int t = 0; t < length; t++) {
        counted.set(t, labels[row][t] != Labels.IGNORED);
      }
      batch.add(new TokenSequence(Arrays.copyOf(ids[row], length), Labels.of(counted)));
    }
    return batch;
  }

  private static List<int[]> unpadded(Golden golden) {
    int[][] ids = golden.integers("gen.input_ids");
    int[][] mask = golden.integers("gen.attention_mask");
    return IntStream.range(0, ids.length)
        .mapToObj(
            row -> {
              int length = Arrays.stream(mask[row]).sum();
              return Arrays.copyOfRange(ids[row], ids[row].length - length, ids[row].length);
            })
        .toList();
  }

  private static Labels labels(int length, int from) {
    BitSet counted = new BitSet();
    counted.set(from, length);
    return Labels.of(counted);
  }

  private static double loss(DjlModel model, List<TokenSequence> batch) {
    return -model.score(batch).stream().flatMapToDouble(Arrays::stream).average().orElseThrow();
  }

  static List<float[]> gradients(DjlModel model, List<TokenSequence> batch) {
    Decoder decoder = model.decoder();
    PackedBatch packed = PackedBatch.ofLabels(batch);
    try (NDManager scope = decoder.manager().newSubManager()) {
      Arguments arguments =
          new Arguments()
              .list(decoder.weights())
              .list(decoder.batchArrays(scope, packed))
              .tensor(decoder.softValues(scope, packed))
              .list(Loss.crossEntropy(scope));
      NDList slopes = decoder.kernel().call(scope, "slopes", arguments);
      return slopes.stream().map(a -> a.toFloatArray()).toList();
    }
  }

  private static double scalar(Golden golden, String name) {
    return golden.floats(name)[0];
  }

  private static int[] integers(JsonElement ids) {
    if (ids.isJsonNull()) {
      return new int[0];
    }
    JsonArray list = ids.isJsonArray() ? ids.getAsJsonArray() : new JsonArray();
    if (!ids.isJsonArray()) {
      list.add(ids);
    }
    return list.asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  private static double norm(float[] values) {
    return Math.sqrt(
        IntStream.range(0, values.length).mapToDouble(i -> (double) values[i] * values[i]).sum());
  }

  /** Equal to a share of the largest wanted number. */
  static void assertClose(float[] found, float[] wanted, double share) {
    double largest =
        IntStream.range(0, wanted.length).mapToDouble(i -> Math.abs(wanted[i])).max().orElse(0);
    assertThat(found).containsExactly(wanted, within((float) (share * largest)));
  }
}
