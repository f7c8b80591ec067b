package io.sande.examples.victim;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.sande.djl.checkpoint.DType;
import io.sande.djl.checkpoint.SafetensorsWriter;
import io.sande.djl.checkpoint.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** An untrained model in Hugging Face form: {@code config.json} and bfloat16 weights. */
final class RandomCheckpoint {
  private static final double DEVIATION = 0.02; // what transformers starts these families with
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private final Shape shape;
  private final int vocabulary;
  private final List<TensorEntry> tensors = new ArrayList<>();

  private RandomCheckpoint(Shape shape, int vocabulary) {
    this.shape = shape;
    this.vocabulary = vocabulary;
    list();
  }

  /**
   * Writes both files: matrices from a normal distribution of deviation 0.02, norms 1, biases 0.
   *
   * @param directory exists and has no weights yet
   */
  static void write(Path directory, Shape shape, int vocabulary, long seed) throws IOException {
    RandomCheckpoint checkpoint = new RandomCheckpoint(shape, vocabulary);
    Files.writeString(directory.resolve("config.json"), JSON.toJson(checkpoint.config()));
    checkpoint.writeWeights(directory.resolve("model.safetensors"), new Random(seed));
  }

  private void list() {
    int hidden = shape.hidden();
    add("model.embed_tokens.weight", vocabulary, hidden);
    for (int layer = 0; layer < shape.layers(); layer++) {
      listLayer("model.layers." + layer);
    }
    add("model.norm.weight", hidden);
    add("lm_head.weight", vocabulary, hidden);
  }

  private void listLayer(String layer) {
    int hidden = shape.hidden();
    int keyValue = shape.keyValueHeads() * shape.headSize();
    add(layer + ".input_layernorm.weight", hidden);
    addProjection(layer + ".self_attn.q_proj", hidden);
    addProjection(layer + ".self_attn.k_proj", keyValue);
    addProjection(layer + ".self_attn.v_proj", keyValue);
    add(layer + ".self_attn.o_proj.weight", hidden, hidden);
    add(layer + ".post_attention_layernorm.weight", hidden);
    add(layer + ".mlp.gate_proj.weight", shape.feedForward(), hidden);
    add(layer + ".mlp.up_proj.weight", shape.feedForward(), hidden);
    add(layer + ".mlp.down_proj.weight", hidden, shape.feedForward());
  }

  private void addProjection(String name, int rows) {
    add(name + ".weight", rows, shape.hidden());
    if (shape.family() == Shape.Family.QWEN2) {
      add(name + ".bias", rows);
    }
  }

  private void add(String name, long... sizes) {
    tensors.add(TensorEntry.of(name, DType.BF16, Arrays.stream(sizes).boxed().toList()));
  }

  private Map<String, Object> config() {
    String family = shape.family().name().toLowerCase(Locale.ROOT);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("architectures", List.of(capitalized(family) + "ForCausalLM"));
    json.put("attention_dropout", 0.0);
    json.put("bos_token_id", null);
    json.put("dtype", "bfloat16");
    json.put("eos_token_id", VictimTokenizer.END);
    json.put("hidden_act", "silu");
    json.put("hidden_size", shape.hidden());
    json.put("initializer_range", DEVIATION);
    json.put("intermediate_size", shape.feedForward());
    json.put("max_position_embeddings", Shape.CONTEXT);
    json.put("model_type", family);
    json.put("num_attention_heads", shape.heads());
    json.put("num_hidden_layers", shape.layers());
    json.put("num_key_value_heads", shape.keyValueHeads());
    json.put("pad_token_id", VictimTokenizer.PAD);
    json.put("rms_norm_eps", 1e-6);
    json.put(
        "rope_parameters", new TreeMap<>(Map.of("rope_theta", 10000.0, "rope_type", "default")));
    json.put("tie_word_embeddings", false);
    json.put("use_cache", true);
    json.put("vocab_size", vocabulary);
    json.putAll(extras());
    return json;
  }

  private Map<String, Object> extras() {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (shape.family()) {
      case LLAMA -> {
        json.put("attention_bias", false);
        json.put("mlp_bias", false);
        json.put("head_dim", shape.headSize());
      }
      case QWEN2 -> json.put("use_sliding_window", false);
      case MISTRAL -> {
        json.put("sliding_window", null);
        json.put("head_dim", shape.headSize());
      }
    }
    return json;
  }

  private static String capitalized(String family) {
    return family.substring(0, 1).toUpperCase(Locale.ROOT) + family.substring(1);
  }

  private void writeWeights(Path file, Random random) throws IOException {
    SafetensorsWriter.write(
        file,
        SafetensorsWriter.PYTORCH,
        tensors,
        (tensor, sink) -> sink.accept(values(tensor, random)));
  }

  private static ByteBuffer values(TensorEntry tensor, Random random) {
    int bytes = Math.toIntExact(tensor.bytes());
    ByteBuffer values = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      int bits = Float.floatToIntBits((float) value(tensor.name(), random));
      values.putShort((short) ((bits + 0x8000) >>> 16)); // bfloat16: the upper half, rounded
    }
    return values.flip();
  }

  private static double value(String tensor, Random random) {
    if (tensor.endsWith("norm.weight")) {
      return 1;
    }
    return tensor.endsWith(".bias") ? 0 : DEVIATION * random.nextGaussian();
  }
}
