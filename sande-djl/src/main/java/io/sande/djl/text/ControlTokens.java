package io.sande.djl.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sande.djl.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that end and fill sequences, resolved: none is absent.
 *
 * @param special all that are set, the end of text among them
 * @param endOfText ends an answer
 * @param endOfTextId its id
 * @param endTokens ids at which generation stops, at least one
 * @param padId id that fills up a batch
 */
record ControlTokens(
    SpecialTokens special, String endOfText, int endOfTextId, Set<Integer> endTokens, int padId) {

  /** Reads the folder's configuration; {@code json} is its {@code tokenizer.json}. */
  static ControlTokens read(Path folder, TokenizerJson json) throws IOException {
    SpecialTokens special = SpecialTokens.read(folder);
    List<Integer> ends = ids(folder, "eos_token_id");
    String end = endOfText(folder, special, ends, json);
    int endId = idOf(folder, end, json);
    return new ControlTokens(
        special.withEndOfText(end),
        end,
        endId,
        ends.isEmpty() ? Set.of(endId) : Set.copyOf(ends),
        padId(folder, special, endId, json));
  }

  /** As the tokenizer names it, else the first of the ids at which generation stops. */
  private static String endOfText(
      Path folder, SpecialTokens special, List<Integer> ends, TokenizerJson json)
      throws CheckpointException {
    String named = special.named().get("eos_token");
    if (named != null) {
      return named;
    }
    return ends.stream()
        .findFirst()
        .flatMap(json::token)
        .orElseThrow(
            () ->
                new CheckpointException(
                    folder.resolve("tokenizer_config.json"),
                    "has no eos_token, and no eos_token_id of generation_config.json or"
                        + " config.json (found "
                        + ends
                        + ") is a token; set eos_token to the token that ends an answer"));
  }

  private static int idOf(Path folder, String end, TokenizerJson json) throws CheckpointException {
    Integer id = json.id(end);
    if (id == null) {
      throw new CheckpointException(
          folder.resolve("tokenizer_config.json"),
          "eos_token '%s' is not in tokenizer.json; the files are of different models"
              .formatted(end));
    }
    return id;
  }

  /** As the tokenizer or the model names it, else the end of text. */
  private static int padId(Path folder, SpecialTokens special, int endId, TokenizerJson json)
      throws IOException {
    String named = special.named().get("pad_token");
    Integer id = named == null ? null : json.id(named);
    if (id != null) {
      return id;
    }
    return ids(folder, "pad_token_id").stream().findFirst().orElse(endId);
  }

  /**
   * Under {@code key} in generation_config.json, else in config.json; empty where neither has it.
   */
  private static List<Integer> ids(Path folder, String key) throws IOException {
    for (String name : List.of("generation_config.json", "config.json")) {
      Path file = folder.resolve(name);
      JsonObject config = JsonFile.objectOrEmpty(file);
      List<Integer> ids = ids(file, key, config.get(key));
      if (!ids.isEmpty()) {
        return ids;
      }
    }
    return List.of();
  }

  /** One id, a list of ids, or nothing. */
  private static List<Integer> ids(Path file, String key, @Nullable JsonElement value)
      throws CheckpointException {
    if (value == null || value.isJsonNull()) {
      return List.of();
    }
    List<Integer> ids = new ArrayList<>();
    for (JsonElement each : value instanceof JsonArray array ? array : List.of(value)) {
      if (!each.toString().matches("\\d{1,9}")) {
        throw new CheckpointException(
            file, "%s must be an id or a list of ids but was %s".formatted(key, value));
      }
      ids.add(each.getAsInt());
    }
    return ids;
  }
}
