package io.sande.align;

import io.sande.internal.Check;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** What a secret file is locked with. Says nothing in {@code toString()}. Thread-safe. */
@FunctionalInterface
public interface StoreKey {
  /**
   * The AES key of one file.
   *
   * @param salt of the file
   * @param iterations of the derivation from a password
   */
  SecretKey aes(byte[] salt, int iterations) throws GeneralSecurityException;

  /**
   * A key derived from a password with PBKDF2 (HMAC-SHA-256).
   *
   * @param password not empty; copied
   */
  static StoreKey ofPassword(char[] password) {
    Check.that(password.length > 0, "password", "at least one character", "empty");
    return new PasswordKey(password.clone());
  }

  /** A key of 256 bits from elsewhere, such as a key management service. */
  static StoreKey of(SecretKey key) {
    return (salt, iterations) -> key;
  }

  /**
   * A key that a PKCS#12 key store holds.
   *
   * @throws IOException if the store cannot be read or opened, or has no secret key of that name
   */
  static StoreKey fromKeyStore(Path file, char[] password, String alias) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      Key key = store.getKey(alias, password);
      if (key instanceof SecretKey secret) {
        return of(new SecretKeySpec(secret.getEncoded(), "AES"));
      }
      throw new SecretFileException(
          "[" + file + "] has no secret key \"" + alias + "\"; add one with keytool -genseckey");
    } catch (GeneralSecurityException e) {
      throw new SecretFileException("[" + file + "] cannot be opened as PKCS#12", e);
    }
  }
}
