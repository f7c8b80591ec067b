package io.sande.djl;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one call at a time into native code, and none once its model is closed or the JVM ends.
 *
 * <p>When the JVM ends, C++ frees what libtorch keeps for the whole process, whoever still computes
 * with it. So a shutdown hook lets nobody in any more and waits for the call that is inside.
 */
final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Thread hook = new Thread(this::end, "sande-waits-for-native-code");
  private volatile boolean ending;
  private boolean closed;

  /** Work that may throw {@code E}. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  private Gate() {}

  /** One that waits for native code when the JVM ends, until it is closed. */
  static Gate open() {
    Gate gate = new Gate();
    try {
      Runtime.getRuntime().addShutdownHook(gate.hook);
    } catch (IllegalStateException e) {
      throw new CancellationException("the JVM is ending");
    }
    return gate;
  }

  /** Runs {@code work} when no other call is inside. */
  <T, E extends Exception> T alone(Work<T, E> work) throws E {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      if (ending) {
        throw new CancellationException("the JVM is ending");
      }
      return work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Frees native memory; once the model itself is closed nothing is left to free. */
  void release(Runnable release) {
    lock.lock();
    try {
      if (!closed && !ending) {
        release.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the call that is inside, frees everything and lets nobody in any more. */
  void close(Runnable release) {
    lock.lock();
    try {
      boolean frees = !closed && !ending;
      closed = true;
      if (frees) {
        release.run();
      }
    } finally {
      lock.unlock();
      forgetHook();
    }
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      ending = true; // it runs already
    }
  }

  private void end() {
    ending = true; // first, so that a thread that makes one call after the other stops here
    release(() -> {}); // waits for its turn
  }
}
