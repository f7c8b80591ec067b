package io.sande.djl.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the smallest checkpoint that is one, all zeros. */
final class SmallModel {
  private static final String CONFIG =
      """
      {"model_type": "qwen2", "architectures": ["Qwen2ForCausalLM"], "hidden_size": 4,
       "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1,
       "intermediate_size": 6, "vocab_size": 5, "max_position_embeddings": 64, "rms_norm_eps": 1e-6,
       "tie_word_embeddings": true, "pad_token_id": 0, "hidden_act": "silu",
       "use_sliding_window": true, "sliding_window": 8, "max_window_layers": 1,
       "rope_parameters": {"rope_type": "yarn", "rope_theta": 10000, "factor": 2,
         "original_max_position_embeddings": 32, "beta_fast": 32, "beta_slow": 1}}
      """;

  private SmallModel() {}

  /** In one file. */
  static Path single(Path folder) throws IOException {
    List<TensorSpec> tensors = tensors(folder);
    weights(folder.resolve(Shards.SINGLE), tensors);
    return folder;
  }

  /** In two files and an index. */
  static Path sharded(Path folder) throws IOException {
    List<TensorSpec> tensors = tensors(folder);
    int half = tensors.size() / 2;
    Map<String, String> places = new LinkedHashMap<>();
    tensors.subList(0, half).forEach(t -> places.put(t.name(), "a.safetensors"));
    tensors.subList(half, tensors.size()).forEach(t -> places.put(t.name(), "b.safetensors"));
    weights(folder.resolve("a.safetensors"), tensors.subList(0, half));
    weights(folder.resolve("b.safetensors"), tensors.subList(half, tensors.size()));
    StringBuilder index =
        new StringBuilder("{\"metadata\": {\"total_size\": 1}, \"weight_map\": {");
    places.forEach((name, file) -> index.append("\"%s\": \"%s\",".formatted(name, file)));
    index.setLength(index.length() - 1);
    Files.writeString(folder.resolve(Shards.INDEX), index.append("}}").toString());
    return folder;
  }

  /** A file with {@code tensors}. */
  static void weights(Path file, List<TensorSpec> tensors) throws IOException {
    List<TensorEntry> entries = new ArrayList<>();
    tensors.forEach(t -> entries.add(TensorEntry.of(t.name(), DType.BF16, t.shape())));
    SafetensorsWriter.write(
        file,
        SafetensorsWriter.PYTORCH,
        entries,
        (tensor, sink) -> sink.accept(ByteBuffer.allocate((int) tensor.bytes())));
  }

  private static List<TensorSpec> tensors(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), CONFIG);
    return Layout.of(Checkpoint.config(folder)).tensors();
  }
}
