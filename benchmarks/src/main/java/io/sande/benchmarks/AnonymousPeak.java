package io.sande.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks every five milliseconds how much resident memory belongs to no file. */
final class AnonymousPeak implements AutoCloseable {
  private final AtomicLong peak = new AtomicLong();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  AnonymousPeak() {
    var unused = clock.scheduleAtFixedRate(this::look, 0, 5, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("RssAnon:")) {
          peak.accumulateAndGet(Long.parseLong(line.replaceAll("\\D", "")), Math::max);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double mib() {
    return peak.get() / 1024.0;
  }

  @Override
  public void close() throws InterruptedException {
    clock.shutdown();
    if (!clock.awaitTermination(1, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the clock does not stop");
    }
  }
}
