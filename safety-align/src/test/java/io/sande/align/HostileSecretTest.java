package io.sande.align;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.testkit.Hostile;
import io.sande.testkit.Mutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileSecretTest {
  /** Magic and version stand before the count of iterations. */
  private static final int ITERATIONS = 9;

  private static final SecretOwner OWNER = new SecretOwner("acme", "llama");

  @TempDir Path folder;

  @Test
  void damagedFilesAreRefused() throws IOException {
    SecretFile file = file(StoreKey.of(new SecretKeySpec(new byte[32], "AES")));
    file.create(SecretPrompt.of("amber birch"));
    new Hostile(file.path(), folder, SecretFileException.class)
        .attack(Mutations::bytes, () -> file.current().close());
  }

  @Test
  void aFileThatIsCutAnywhereIsRefused() throws IOException {
    SecretFile file = file(StoreKey.of(new SecretKeySpec(new byte[32], "AES")));
    file.create(SecretPrompt.of("amber birch"));
    byte[] bytes = Files.readAllBytes(file.path());
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file.path(), Arrays.copyOf(bytes, length));
      assertThatThrownBy(file::current).isInstanceOf(SecretFileException.class);
    }
  }

  @Test
  void aCountThatWouldTakeMinutesIsRefusedBeforeTheFirstIteration() throws IOException {
    SecretFile file = file(StoreKey.ofPassword("password".toCharArray()));
    file.create(SecretPrompt.of("amber birch"));
    byte[] bytes = Files.readAllBytes(file.path());
    for (int iterations : new int[] {-1, 0, 2_000_001, 10_000_000, Integer.MAX_VALUE}) {
      ByteBuffer.wrap(bytes).putInt(ITERATIONS, iterations);
      Files.write(file.path(), bytes);
      assertThatThrownBy(file::current)
          .isInstanceOf(SecretFileException.class)
          .hasMessageEndingWith("is damaged: " + iterations + " iterations");
    }
  }

  private SecretFile file(StoreKey key) {
    return new SecretFile(folder.resolve("a.secret"), OWNER, key);
  }
}
