package io.sande.align;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The encrypted form of a file: a header in plain text, then AES-GCM under a key and the header.
 *
 * @param path the file, for messages
 */
record Envelope(Path path, SecretOwner owner, StoreKey key) {
  /*
   * magic (8 bytes), version (1), iterations (4), salt (16), nonce (12), owner (2 + n, UTF-8), ciphertext with a tag of
   * 16 bytes. The whole header is authenticated, so nobody can pass the file of one tenant off as another's.
   */
  private static final byte[] MAGIC = "SANDESEC".getBytes(StandardCharsets.US_ASCII);
  private static final byte VERSION = 1;

  /** OWASP's number for PBKDF2 with HMAC-SHA-256. */
  private static final int ITERATIONS = 600_000;

  /** A second or so: a damaged file must not take minutes. */
  private static final int MOST_ITERATIONS = 2_000_000;

  private static final int SALT = 16;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  byte[] seal(byte[] plain) throws SecretFileException {
    SecureRandom random = new SecureRandom();
    byte[] salt = new byte[SALT];
    byte[] nonce = new byte[NONCE];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    byte[] name = owner.toString().getBytes(StandardCharsets.UTF_8);
    byte[] header =
        ByteBuffer.allocate(MAGIC.length + 1 + 4 + SALT + NONCE + 2 + name.length)
            .put(MAGIC)
            .put(VERSION)
            .putInt(ITERATIONS)
            .put(salt)
            .put(nonce)
            .putShort((short) name.length)
            .put(name)
            .array();
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, salt, ITERATIONS, nonce);
      cipher.updateAAD(header);
      byte[] sealed = cipher.doFinal(plain);
      return ByteBuffer.allocate(header.length + sealed.length).put(header).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new SecretFileException("[" + path + "] cannot be encrypted: " + e.getMessage(), e);
    }
  }

  byte[] open(byte[] content) throws SecretFileException {
    try {
      return open(content, ByteBuffer.wrap(content));
    } catch (BufferUnderflowException e) {
      throw new SecretFileException("[" + path + "] is cut off; restore it from a copy", e);
    } catch (AEADBadTagException e) {
      throw new SecretFileException(
          "[" + path + "] cannot be opened: it is damaged, or its password is another", e);
    } catch (GeneralSecurityException e) {
      throw new SecretFileException("[" + path + "] cannot be decrypted: " + e.getMessage(), e);
    }
  }

  private byte[] open(byte[] content, ByteBuffer in)
      throws SecretFileException, GeneralSecurityException {
    checkKind(in);
    int iterations = in.getInt();
    if (iterations < 1 || iterations > MOST_ITERATIONS) {
      throw new SecretFileException("[" + path + "] is damaged: " + iterations + " iterations");
    }
    byte[] salt = take(in, SALT);
    byte[] nonce = take(in, NONCE);
    checkOwner(new String(take(in, Short.toUnsignedInt(in.getShort())), StandardCharsets.UTF_8));
    Cipher cipher = cipher(Cipher.DECRYPT_MODE, salt, iterations, nonce);
    cipher.updateAAD(Arrays.copyOf(content, in.position()));
    return cipher.doFinal(take(in, Math.max(TAG_BITS / Byte.SIZE, in.remaining())));
  }

  private void checkKind(ByteBuffer in) throws SecretFileException {
    if (!Arrays.equals(take(in, MAGIC.length), MAGIC)) {
      throw new SecretFileException("[" + path + "] is no file of a secret; make one first");
    }
    byte version = in.get();
    if (version != VERSION) {
      throw new SecretFileException(
          "[%s] has format version %d; wanted %d, so use the release that wrote it"
              .formatted(path, version, VERSION));
    }
  }

  private void checkOwner(String found) throws SecretFileException {
    if (!found.equals(owner.toString())) {
      throw new SecretFileException(
          "[%s] holds the secret of \"%s\"; wanted that of \"%s\"".formatted(path, found, owner));
    }
  }

  private Cipher cipher(int mode, byte[] salt, int iterations, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.aes(salt, iterations), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[Math.min(length, Math.max(in.remaining(), 0))];
    if (bytes.length < length) {
      throw new BufferUnderflowException();
    }
    in.get(bytes);
    return bytes;
  }
}
