package io.sande.djl.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A tensor and the file that has it. Usable until the checkpoint it came from is closed.
 *
 * @param file open
 * @param entry name, dtype and shape
 */
public record StoredTensor(SafetensorsFile file, TensorEntry entry) {
  /**
   * A read-only view of {@code length} bytes from byte {@code offset} of the tensor on,
   * little-endian; see {@link SafetensorsFile#map}.
   */
  public ByteBuffer map(long offset, long length) throws IOException {
    return file.map(entry, offset, length);
  }

  /**
   * Fills {@code into} from byte {@code offset} of the tensor on; see {@link SafetensorsFile#read}.
   */
  public void read(long offset, ByteBuffer into) throws IOException {
    file.read(entry, offset, into);
  }

  /** Whether both have the same dtype, shape and bytes. */
  boolean isSameAs(StoredTensor other) throws IOException {
    if (entry.dtype() != other.entry.dtype() || !entry.shape().equals(other.entry.shape())) {
      return false;
    }
    long slice = SafetensorsFile.LONGEST_SLICE;
    for (long offset = 0; offset < entry.bytes(); offset += slice) {
      long length = Math.min(slice, entry.bytes() - offset);
      if (map(offset, length).mismatch(other.map(offset, length)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
