package io.sande.resume;

import io.sande.model.Continuation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a result stands in the journal: exact bits. */
interface Codec<T> {
  void write(T result, DataOutputStream out) throws IOException;

  T read(DataInputStream in) throws IOException;

  default byte[] bytes(T result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(result, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  default T result(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(in);
    } catch (IOException e) {
      throw new ResumeException("a record of the journal is too short; delete the folder", e);
    }
  }

  /** Writes one result. */
  @FunctionalInterface
  interface Writer<T> {
    void write(T result, DataOutputStream out) throws IOException;
  }

  /** Reads one result. */
  @FunctionalInterface
  interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  static <T> Codec<T> of(Writer<T> writer, Reader<T> reader) {
    return new Codec<>() {
      @Override
      public void write(T result, DataOutputStream out) throws IOException {
        writer.write(result, out);
      }

      @Override
      public T read(DataInputStream in) throws IOException {
        return reader.read(in);
      }
    };
  }

  static <T> Codec<List<T>> list(Codec<T> one) {
    return of(
        (all, out) -> {
          out.writeInt(all.size());
          for (T each : all) {
            one.write(each, out);
          }
        },
        in -> {
          List<T> all = new ArrayList<>();
          for (int left = in.readInt(); left > 0; left--) {
            all.add(one.read(in));
          }
          return all;
        });
  }

  /** Of a call that returns nothing. */
  Codec<Boolean> NOTHING = of((result, out) -> {}, in -> true);

  Codec<Double> NUMBER = of((x, out) -> out.writeDouble(x), DataInputStream::readDouble);

  Codec<Long> INTEGER = of((x, out) -> out.writeLong(x), DataInputStream::readLong);

  Codec<int[]> IDS =
      of(
          (ids, out) -> {
            out.writeInt(ids.length);
            for (int id : ids) {
              out.writeInt(id);
            }
          },
          in -> {
            int[] ids = new int[in.readInt()];
            for (int i = 0; i < ids.length; i++) {
              ids[i] = in.readInt();
            }
            return ids;
          });

  Codec<double[]> NUMBERS =
      of(
          (numbers, out) -> {
            out.writeInt(numbers.length);
            for (double number : numbers) {
              out.writeDouble(number);
            }
          },
          in -> {
            double[] numbers = new double[in.readInt()];
            for (int i = 0; i < numbers.length; i++) {
              numbers[i] = in.readDouble();
            }
            return numbers;
          });

  Codec<float[]> VECTORS =
      of(
          (values, out) -> {
            out.writeInt(values.length);
            for (float value : values) {
              out.writeFloat(value);
            }
          },
          in -> {
            float[] values = new float[in.readInt()];
            for (int i = 0; i < values.length; i++) {
              values[i] = in.readFloat();
            }
            return values;
          });

  Codec<Continuation> CONTINUATION =
      of(
          (c, out) -> {
            IDS.write(c.tokens(), out);
            NUMBERS.write(c.probabilities(), out);
            NUMBERS.write(c.low(), out);
          },
          in -> new Continuation(IDS.read(in), NUMBERS.read(in), NUMBERS.read(in)));

  Codec<Stored> STORED =
      of(
          (stored, out) -> {
            out.writeLong(stored.weights());
            out.writeLong(stored.adapter());
            out.writeLong(stored.training());
          },
          in -> new Stored(in.readLong(), in.readLong(), in.readLong()));

  Codec<Map<String, String>> TEXTS =
      of(
          (texts, out) -> {
            out.writeInt(texts.size());
            for (Map.Entry<String, String> text : texts.entrySet()) {
              writeText(text.getKey(), out);
              writeText(text.getValue(), out);
            }
          },
          in -> {
            Map<String, String> texts = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
              texts.put(readText(in), readText(in));
            }
            return texts;
          });

  private static void writeText(String text, DataOutputStream out) throws IOException {
    IDS.write(text.chars().toArray(), out); // an option may be longer than writeUTF can
  }

  private static String readText(DataInputStream in) throws IOException {
    int[] units = IDS.read(in);
    StringBuilder text = new StringBuilder(units.length);
    for (int unit : units) {
      text.append((char) unit);
    }
    return text.toString();
  }
}
