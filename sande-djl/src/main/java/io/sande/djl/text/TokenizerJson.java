package io.sande.djl.text;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.sande.djl.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tokenizer.json} says of ids, checked before the tokenizers library sees the file: it
 * takes ids that contradict each other, and aborts the process on some other faults.
 *
 * @param text the whole file
 * @param vocabulary id of each token of the model
 * @param added tokens that are found before the model runs, in the file's order
 */
record TokenizerJson(String text, Map<String, Integer> vocabulary, List<AddedToken> added) {

  /**
   * One of {@code added_tokens}.
   *
   * @param special whether decoding leaves it out
   */
  record AddedToken(int id, String content, boolean special) {}

  /** Reads and checks {@code file}. */
  static TokenizerJson read(Path file) throws IOException {
    String text = JsonFile.text(file);
    TokenizerJsonReader parts = new TokenizerJsonReader(file);
    JsonFile.parse(file, text, parts::read);
    TokenizerJson json = new TokenizerJson(text, parts.vocabulary(), parts.added());
    json.checkUniqueIds(file);
    json.checkAddedIds(file);
    return json;
  }

  /** Id of a whole token, added or not. */
  @Nullable Integer id(String token) {
    for (AddedToken other : added) {
      if (other.content().equals(token)) {
        return other.id();
      }
    }
    return vocabulary.get(token);
  }

  /** The token with this id, added or not. */
  Optional<String> token(int id) {
    Stream<String> fromAdded =
        added.stream().filter(token -> token.id() == id).map(AddedToken::content);
    Stream<String> fromModel =
        vocabulary.entrySet().stream()
            .filter(entry -> entry.getValue() == id)
            .map(Map.Entry::getKey);
    return Stream.concat(fromAdded, fromModel).findFirst();
  }

  /** Ids that decoding leaves out. */
  Set<Integer> specialIds() {
    return added.stream()
        .filter(AddedToken::special)
        .map(AddedToken::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Number of tokens, added ones included. */
  int size() {
    Set<String> tokens = new HashSet<>(vocabulary.keySet());
    added.forEach(token -> tokens.add(token.content()));
    return tokens.size();
  }

  private void checkUniqueIds(Path file) throws CheckpointException {
    Map<Integer, String> owners = new HashMap<>();
    for (Map.Entry<String, Integer> entry : vocabulary.entrySet()) {
      String other = owners.put(entry.getValue(), entry.getKey());
      if (other != null) {
        throw new CheckpointException(
            file,
            "tokens '%s' and '%s' have the same id %d; ids must differ, download the file again"
                .formatted(other, entry.getKey(), entry.getValue()));
      }
    }
  }

  /**
   * The library ignores the ids of added tokens: one that the model knows keeps the model's id, any
   * other gets the next free one. Where the file says otherwise, texts would silently get other ids
   * than the checkpoint was trained with.
   */
  private void checkAddedIds(Path file) throws CheckpointException {
    Map<String, Integer> given = new HashMap<>();
    int largest = -1;
    for (AddedToken token : added) {
      Integer known = given.getOrDefault(token.content(), vocabulary.get(token.content()));
      int id = known != null ? known : Math.max(largest + 1, vocabulary.size());
      if (id != token.id()) {
        throw new CheckpointException(
            file,
            "added token '%s' has id %d but its place gives it id %d; download the file again"
                .formatted(token.content(), token.id(), id));
      }
      given.put(token.content(), id);
      largest = Math.max(largest, id);
    }
  }

  /** An id: a whole number from 0. */
  static int id(JsonReader reader) throws IOException {
    if (reader.peek() != JsonToken.NUMBER) {
      throw new IllegalStateException("an id must be a number at " + reader.getPath());
    }
    int id = reader.nextInt();
    if (id < 0) {
      throw new IllegalStateException("id " + id + " is below 0 at " + reader.getPath());
    }
    return id;
  }
}
