package io.sande.djl.checkpoint;

/** Number formats that a safetensors header may name. */
public enum DType {
  /** 64-bit float. */
  F64(64),
  /** 32-bit float. */
  F32(32),
  /** IEEE half precision. */
  F16(16),
  /** The upper half of a 32-bit float. */
  BF16(16),
  /** Signed, 64 bits. */
  I64(64),
  /** Signed, 32 bits. */
  I32(32),
  /** Signed, 16 bits. */
  I16(16),
  /** Signed, 8 bits. */
  I8(8),
  /** Unsigned, 64 bits. */
  U64(64),
  /** Unsigned, 32 bits. */
  U32(32),
  /** Unsigned, 16 bits. */
  U16(16),
  /** Unsigned, 8 bits. */
  U8(8),
  /** One byte, 0 or 1. */
  BOOL(8),
  /** Two 32-bit floats. */
  C64(64),
  /** 8-bit float, 4 bits of exponent. */
  F8_E4M3(8),
  /** 8-bit float, 5 bits of exponent. */
  F8_E5M2(8),
  /** 8-bit float, 4 bits of exponent, no infinity and no negative zero. */
  F8_E4M3FNUZ(8),
  /** 8-bit float, 5 bits of exponent, no infinity and no negative zero. */
  F8_E5M2FNUZ(8),
  /** 8-bit exponent alone. */
  F8_E8M0(8),
  /** 6-bit float, 2 bits of exponent. */
  F6_E2M3(6),
  /** 6-bit float, 3 bits of exponent. */
  F6_E3M2(6),
  /** 4-bit float. */
  F4(4);

  private final int bits;

  DType(int bits) {
    this.bits = bits;
  }

  /** Bits of one number. */
  public int bits() {
    return bits;
  }

  /** Whether model weights may be stored so: F32, F16 or BF16. */
  public boolean isWeight() {
    return this == F32 || this == F16 || this == BF16;
  }

  /**
   * Bytes of {@code elements} numbers.
   *
   * @throws ArithmeticException if that is no whole number of bytes, or above 2^63
   */
  long bytes(long elements) {
    long all = Math.multiplyExact(elements, (long) bits);
    if (all % 8 != 0) {
      throw new ArithmeticException(all + " bits are no whole bytes");
    }
    return all / 8;
  }
}
