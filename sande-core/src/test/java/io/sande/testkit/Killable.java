package io.sande.testkit;

import com.google.common.reflect.Reflection;
import io.sande.model.Continuations;
import io.sande.model.LanguageModel;
import io.sande.model.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process that is killed when it calls its model for the n-th time: the files are kept as they
 * are at that moment.
 */
public final class Killable {
  private static final Set<String> FREE = Set.of("info", "tokenizer", "close", "nanoTime");

  private final Path folder;
  private final Path copy;
  private final int at;
  private int calls;

  /** Kills at call {@code at}, never at 0, and copies {@code folder} to {@code copy} then. */
  public Killable(Path folder, Path copy, int at) {
    this.folder = folder;
    this.copy = copy;
    this.at = at;
  }

  /** What ends the thread. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Calls of the model so far. */
  public int calls() {
    return calls;
  }

  /** {@code model} that is not closed with its process. */
  public LanguageModel model(LanguageModel model) {
    return watch(LanguageModel.class, model);
  }

  private <T> T watch(Class<T> type, Object target) {
    return Reflection.newProxy(
        type,
        (self, method, arguments) -> {
          String name = method.getName();
          if (name.equals("close") && target instanceof LanguageModel) {
            return null;
          }
          if (!FREE.contains(name)) {
            call(name.startsWith("save") ? Optional.of((Path) arguments[0]) : Optional.empty());
          }
          try {
            Object result = method.invoke(target, arguments);
            if (result instanceof Training) {
              return watch(method.getReturnType().asSubclass(Training.class), result);
            }
            return result instanceof Continuations c ? watch(Continuations.class, c) : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  /** A file that is being written is there by half. */
  private void call(Optional<Path> written) {
    calls++;
    if (calls == at) {
      copy(written);
    }
    if (at > 0 && calls >= at) {
      throw new Killed();
    }
  }

  private void copy(Optional<Path> written) {
    try {
      if (written.isPresent()) {
        Files.writeString(written.get(), "half");
      }
      copyAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copyAll() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(folder.relativize(file).toString()));
      }
    }
  }
}
