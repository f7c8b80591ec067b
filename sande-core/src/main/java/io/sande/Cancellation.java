package io.sande;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A handle on a job, with which another thread ends it: a training, removal, scan, cure, alignment
 * or evaluation.
 *
 * <pre>{@code
 * Cancellation handle = new Cancellation(); // kept where others can cancel it
 * handle.call(() -> remover.remove(model, clean, TrainingListener.NONE));
 * }</pre>
 *
 * <p>It interrupts the job's thread, as {@link java.util.concurrent.Future#cancel} does, and the
 * job ends before its next update or batch of prompts. What the model is left as stands with each
 * job. Thread-safe; for one job at a time, and for none after it was cancelled.
 */
public final class Cancellation {
  private @Nullable Thread thread;
  private boolean cancelled;

  /** One that nobody has cancelled. */
  public Cancellation() {}

  /** A job that may throw {@code E}. */
  @FunctionalInterface
  public interface Job<T, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }

  /** Ends the job that runs, and every later one before it begins. */
  public synchronized void cancel() {
    cancelled = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Whether {@link #cancel} was called. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Runs {@code job} on this thread. A job that is done before it notices is done; the thread is
   * not interrupted afterwards.
   *
   * @throws CancellationException if it was cancelled; its cause is what the job threw
   * @throws IllegalStateException if a job runs already
   */
  public <T, E extends Exception> T call(Job<T, E> job) throws E {
    begin();
    try {
      return job.run();
    } catch (Exception e) {
      if (isCancelled()) { // an interrupt also closes files that are being read or written
        throw (CancellationException) new CancellationException("cancelled").initCause(e);
      }
      throw e;
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    if (cancelled) {
      throw new CancellationException("cancelled before it began");
    }
    if (thread != null) {
      throw new IllegalStateException("a job runs already: use a Cancellation for each");
    }
    thread = Thread.currentThread();
  }

  private synchronized void end() {
    thread = null;
    if (cancelled) {
      Thread.interrupted(); // ours
    }
  }
}
