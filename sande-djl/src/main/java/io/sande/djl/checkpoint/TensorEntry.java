package io.sande.djl.checkpoint;

import java.util.List;

/**
 * One tensor of a safetensors file.
 *
 * @param name unique in its file
 * @param dtype how each number is stored, little-endian
 * @param shape dimensions, outermost first; empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end the byte after the last
 */
public record TensorEntry(String name, DType dtype, List<Long> shape, long begin, long end) {
  /** Copies the shape. */
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** A tensor to be written; a writer gives it its place. */
  public static TensorEntry of(String name, DType dtype, List<Long> shape) {
    return new TensorEntry(name, dtype, shape, 0, dtype.bytes(elements(shape)));
  }

  /** Size in bytes. */
  public long bytes() {
    return end - begin;
  }

  /** Count of numbers. */
  public long elements() {
    return elements(shape);
  }

  /** The same tensor with its first byte at {@code place}. */
  TensorEntry at(long place) {
    return new TensorEntry(name, dtype, shape, place, Math.addExact(place, bytes()));
  }

  /**
   * Product of the dimensions, 1 for a scalar.
   *
   * @throws ArithmeticException above 2^63
   */
  static long elements(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
