package io.sande.djl.kernel;

/** Number formats by the code that libtorch gives them. */
public enum DType {
  /** Signed bytes. */
  INT8(1, 1),
  /** IEEE half precision. */
  FLOAT16(5, 2),
  /** IEEE single precision. */
  FLOAT32(6, 4),
  /** The upper half of a float32. */
  BFLOAT16(15, 2);

  private final int code;
  private final int size;

  DType(int code, int size) {
    this.code = code;
    this.size = size;
  }

  /** libtorch's {@code ScalarType}. */
  public int code() {
    return code;
  }

  /** Bytes of one number. */
  public int size() {
    return size;
  }
}
