package io.sande;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CancellationTest {
  private final Cancellation handle = new Cancellation();

  @Test
  void aJobThatNobodyCancelsGivesItsResultAndItsFailures() throws IOException {
    assertThat(handle.<Integer, RuntimeException>call(() -> 3)).isEqualTo(3);
    IOException failure = new IOException("no disk");
    assertThatThrownBy(
            () ->
                handle.call(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(handle.isCancelled()).isFalse();
  }

  @Test
  void anotherThreadEndsAJobAndItsThreadGoesOnUninterrupted() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> interruptedAfterwards =
          threads.submit(
              () -> {
                assertThatThrownBy(
                        () ->
                            handle.call(
                                () -> {
                                  started.countDown();
                                  new CountDownLatch(1).await();
                                  return 0;
                                }))
                    .isInstanceOf(CancellationException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
                return Thread.interrupted();
              });
      started.await();
      handle.cancel();
      assertThat(interruptedAfterwards.get()).isFalse();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aJobThatIsDoneBeforeItNoticesIsDone() {
    int result =
        handle.call(
            () -> {
              handle.cancel();
              return 3;
            });
    assertThat(result).isEqualTo(3);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void afterACancelNoJobBegins() {
    handle.cancel();
    assertThatThrownBy(() -> handle.call(() -> 3))
        .isInstanceOf(CancellationException.class)
        .hasMessage("cancelled before it began");
  }

  @Test
  void aHandleIsForOneJobAtATime() {
    assertThatThrownBy(() -> handle.call(() -> handle.call(() -> 3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a job runs already: use a Cancellation for each");
  }
}
