package io.sande.benchmarks.jmh;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** What is measured on: system properties of the script, which JMH hands on to its processes. */
public final class Inputs {
  private static final int ROWS = 100;

  private Inputs() {}

  /** The checkpoint folder. */
  public static Path model() {
    return Path.of(property("sande.model"));
  }

  /** The first 100 rows of the data. */
  public static List<Conversation> rows() {
    try {
      return Conversations.read(Path.of(property("sande.data")), ROWS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set; start this by benchmarks/jmh");
    }
    return value;
  }
}
