package io.sande.djl.kernel;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive: a stored zip of readable source and a pickle with the module's attributes.
 *
 * <p>The pickle uses a handful of opcodes of protocol 2, as PyTorch's own serializer writes them.
 */
final class TorchScriptArchive {
  private static final String ROOT = "sande/";
  private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

  private TorchScriptArchive() {}

  /**
   * One module of class {@code type} with {@code attributes}: Integer, Double, Boolean, List of
   * Integer.
   */
  static byte[] of(String type, String source, Map<String, Object> attributes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", pickle(type, attributes));
      store(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      store(zip, "constants.pkl", EMPTY_TUPLE);
      store(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] pickle(String type, Map<String, Object> attributes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x80, 2}); // protocol 2
    out.writeBytes("c__torch__\n" + type + "\n"); // the class
    out.write(new byte[] {')', (byte) 0x81, '}', '('}); // made of no arguments; a dictionary, mark
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      text(out, attribute.getKey());
      value(out, attribute.getValue());
    }
    out.writeBytes("ub."); // fill the dictionary, set it as state, stop
    return bytes.toByteArray();
  }

  private static void value(DataOutputStream out, Object value) throws IOException {
    if (value instanceof Integer number) {
      integer(out, number);
    } else if (value instanceof Double number) {
      out.write('G');
      out.writeDouble(number);
    } else if (value instanceof Boolean flag) {
      out.write(flag ? 0x88 : 0x89);
    } else if (value instanceof List<?> list) {
      integers(out, list);
    } else {
      throw new IllegalArgumentException("no pickle form for " + value.getClass());
    }
  }

  private static void integers(DataOutputStream out, List<?> list) throws IOException {
    out.writeBytes("ctorch.jit._pickle\nbuild_intlist\n](");
    for (Object element : list) {
      integer(out, (Integer) element);
    }
    out.write(new byte[] {'e', (byte) 0x85, 'R'}); // append all, tuple of one, call
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeInt(Integer.reverseBytes(utf8.length));
    out.write(utf8);
  }

  private static void integer(DataOutputStream out, int number) throws IOException {
    out.write('J');
    out.writeInt(Integer.reverseBytes(number));
  }
}
