package io.sande.align;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** A password, from which a key is derived for each salt. */
final class PasswordKey implements StoreKey {
  private static final int KEY_BITS = 256;

  private final char[] password;

  PasswordKey(char[] password) {
    this.password = password;
  }

  @Override
  public SecretKey aes(byte[] salt, int iterations) throws GeneralSecurityException {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, KEY_BITS);
    byte[] key =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    try {
      return new SecretKeySpec(key, "AES");
    } finally {
      spec.clearPassword();
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "StoreKey[password]";
  }
}
