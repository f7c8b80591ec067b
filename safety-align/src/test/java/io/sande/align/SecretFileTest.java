package io.sande.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.model.ModelInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
  private static final String TEXT = "amber birch cédar delta";
  private static final SecretOwner OWNER =
      SecretOwner.of("acme", new ModelInfo("llama", 9, 4, 192, 1225, 1024, "float32"));

  /** A given key, since a password takes a moment. */
  private static final StoreKey KEY = key(7);

  @TempDir Path folder;

  private static StoreKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return StoreKey.of(new SecretKeySpec(bytes, "AES"));
  }

  private SecretFile file(SecretOwner owner, StoreKey key) {
    return new SecretFile(folder.resolve("a.secret"), owner, key);
  }

  private SecretFile stored() throws IOException {
    SecretFile file = file(OWNER, KEY);
    file.create(SecretPrompt.of(TEXT));
    return file;
  }

  @Test
  void aPasswordOpensWhatItLocked() throws IOException {
    file(OWNER, StoreKey.ofPassword("hunter2".toCharArray())).create(SecretPrompt.of(TEXT));

    SecretFile same = file(OWNER, StoreKey.ofPassword("hunter2".toCharArray()));
    SecretFile other = file(OWNER, StoreKey.ofPassword("hunter3".toCharArray()));
    assertThat(same.current().reveal()).isEqualTo(TEXT);
    assertThat(same.previous()).isEmpty();
    assertFails(other::current, "cannot be opened: it is damaged, or its password is another");
    assertThat(same.toString()).doesNotContain("hunter").doesNotContain("amber");
  }

  @Test
  void nothingOfTheSecretIsInTheFileAndItsOwnerAloneReadsIt() throws IOException {
    SecretFile file = stored();

    String content = new String(Files.readAllBytes(file.path()), StandardCharsets.ISO_8859_1);
    assertThat(content).contains("acme: llama, 4 layers of 192").doesNotContain("amber", "delta");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file.path());
    }
  }

  @Test
  void rotationKeepsTheOneBefore() throws IOException {
    SecretFile file = stored();
    file.rotate(SecretPrompt.of("ember"));
    file.rotate(SecretPrompt.of("frost"));

    assertThat(file.current().reveal()).isEqualTo("frost");
    assertThat(file.previous().orElseThrow().reveal()).isEqualTo("ember");
  }

  @Test
  void aSecretIsNotReplacedByAccident() throws IOException {
    SecretFile file = stored();

    assertFails(() -> file.create(SecretPrompt.of("other")), "holds a secret already; rotate it");
    assertThat(file.current().reveal()).isEqualTo(TEXT);
  }

  @Test
  void theFileOfAnotherTenantOrModelIsRefusedByName() throws IOException {
    stored();
    SecretOwner other = new SecretOwner("bolt", OWNER.model());

    assertFails(() -> file(other, KEY).current(), "holds the secret of \"acme: llama, 4 layers");
  }

  @Test
  void everyByteOfTheFileCounts() throws IOException {
    SecretFile file = stored();
    byte[] good = Files.readAllBytes(file.path());
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(file.path(), bad);
      if (i >= 9 && i < 13) {
        continue; // iterations: a given key takes none, but they are authenticated, see below
      }
      assertThatThrownBy(file::current)
          .isInstanceOf(SecretFileException.class)
          .hasMessageNotContaining("amber");
    }
    byte[] iterations = good.clone();
    iterations[12] ^= 1;
    Files.write(file.path(), iterations);
    assertFails(file::current, "cannot be opened");
  }

  @Test
  void aFileThatIsCutOffOrNoneOfOursIsRefused() throws IOException {
    SecretFile file = stored();
    byte[] good = Files.readAllBytes(file.path());

    Files.write(file.path(), Arrays.copyOf(good, 20));
    assertFails(file::current, "is cut off");
    Files.writeString(file.path(), "something else");
    assertFails(file::current, "is no file of a secret");
    byte[] newer = good.clone();
    newer[8] = 2;
    Files.write(file.path(), newer);
    assertFails(file::current, "has format version 2; wanted 1");
  }

  @Test
  void aKeyMayComeFromAKeyStore() throws Exception {
    char[] password = "changeit".toCharArray();
    Path path = folder.resolve("keys.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setEntry(
        "sande",
        new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[32], "AES")),
        new KeyStore.PasswordProtection(password));
    try (OutputStream out = Files.newOutputStream(path)) {
      store.store(out, password);
    }

    file(OWNER, StoreKey.fromKeyStore(path, password, "sande")).create(SecretPrompt.of(TEXT));
    SecretFile again = file(OWNER, StoreKey.fromKeyStore(path, password, "sande"));
    assertThat(again.current().reveal()).isEqualTo(TEXT);
    assertFails(() -> StoreKey.fromKeyStore(path, password, "none"), "has no secret key \"none\"");
  }

  private static void assertFails(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(SecretFileException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("amber");
  }
}
