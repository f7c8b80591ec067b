package io.sande.examples.cli;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.CountDownLatch;

/**
 * How the process ends. On a signal the command is interrupted and waited for: it ends after the
 * call into native code that it is in, takes away what it has half written, and says so.
 */
final class Ending {
  private final Thread command = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean begun;

  private Ending() {}

  /** For the command that this thread is about to run. */
  static Ending onSignal() {
    Ending ending = new Ending();
    Runtime.getRuntime().addShutdownHook(new Thread(ending::begin, "sande-ends"));
    return ending;
  }

  private void begin() {
    begun = true;
    command.interrupt();
    Uninterruptibles.awaitUninterruptibly(ended);
  }

  /** Lets a signal go on. */
  void commandEnded() {
    ended.countDown();
  }

  /** Ends the process, unless a signal does: a second exit would overtake it with its own code. */
  void exit(int code) {
    if (!begun) {
      System.exit(code);
    }
  }
}
