package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.sande.djl.checkpoint.CheckpointException;
import io.sande.djl.checkpoint.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The state of a training as a file: safetensors, and in their metadata what is no tensor. */
final class TrainingFiles {
  private static final String STEPS = "steps";
  private static final String TOKENS = "tokens";

  private TrainingFiles() {}

  static void save(Decoder decoder, Update update, Path file) throws IOException {
    String tokens =
        Arrays.stream(update.touched()).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    Map<String, String> texts =
        Map.of(STEPS, String.valueOf(update.moments().steps().getFloat()), TOKENS, tokens);
    state(decoder, update).write(file, texts);
  }

  static void load(Decoder decoder, Update update, Path path) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      update.touch(tokens(file));
      state(decoder, update).read(file);
      try (NDArray steps = decoder.manager().create(Float.parseFloat(text(file, STEPS)))) {
        decoder.move(new NDList(update.moments().steps()), new NDList(steps), 1);
      }
    }
  }

  private static int[] tokens(SafetensorsFile file) throws CheckpointException {
    String text = text(file, TOKENS);
    return text.isEmpty()
        ? new int[0]
        : Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static String text(SafetensorsFile file, String key) throws CheckpointException {
    String text = file.metadata().get(key);
    if (text == null) {
      throw new CheckpointException(file.path(), "is no state of a training: no '" + key + "'");
    }
    return text;
  }

  private static State state(Decoder decoder, Update update) {
    Moments moments = update.moments();
    State state =
        new State(decoder)
            .with("first", moments.first(), moments.dtype())
            .with("second", moments.second(), moments.dtype());
    return update.state(state);
  }
}
