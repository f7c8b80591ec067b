package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"dtypes", "layout", "no_tensors"})
  void readsTheEdgesOfTheFormatAsPythonDoes(String name) throws IOException {
    JsonObject wanted =
        GoldenFiles.json("formats/formats.json")
            .getAsJsonObject()
            .getAsJsonObject(name + ".safetensors");
    JsonObject tensors = wanted.getAsJsonObject("tensors");
    try (SafetensorsFile file =
        SafetensorsFile.open(GoldenFiles.path("formats/" + name + ".safetensors"))) {
      assertThat(file.metadata()).isEqualTo(texts(wanted.get("metadata")));
      assertThat(file.tensors().stream().map(TensorEntry::name))
          .containsExactlyInAnyOrderElementsOf(tensors.keySet());
      for (TensorEntry tensor : file.tensors()) {
        JsonObject entry = tensors.getAsJsonObject(tensor.name());
        assertThat(tensor.dtype().name()).isEqualTo(entry.get("dtype").getAsString());
        assertThat(tensor.shape())
            .isEqualTo(list(entry, "shape").stream().map(JsonElement::getAsLong).toList());
        if (!tensor.dtype().name().startsWith("F8")) {
          assertThat(values(file, tensor))
              .isEqualTo(list(entry, "values").stream().map(SafetensorsFileTest::value).toList());
        }
      }
    }
  }

  static Stream<String> malformed() throws IOException {
    return GoldenFiles.malformed("safetensors").stream().map(e -> e.get("file").getAsString());
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatBreaksTheFormatAndNamesTheFile(String name) {
    Path file = GoldenFiles.path("malformed/" + name);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("[" + file.getFileName() + "] ");
  }

  @Test
  void saysWhatToDoAboutALfsPointer() {
    Path file = GoldenFiles.path("malformed/safetensors/lfs_pointer.safetensors");
    assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("git lfs pull");
  }

  @Test
  void saysThatARenamedZipIsAPickle() {
    Path file = GoldenFiles.path("malformed/safetensors/zip_renamed.safetensors");
    assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("PyTorch pickle");
  }

  @Test
  void saysThatWhatTorchSaveWroteBeforeZipsIsAPickle() throws IOException {
    byte[] legacy = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e80024de903");
    Path file = Files.write(folder.resolve("x.safetensors"), legacy);
    assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("PyTorch pickle");
  }

  @Test
  void readsAHeaderWhoseLengthBeginsAsAPickleDoes() throws IOException {
    String tensor = "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}";
    String header = tensor + " ".repeat(640 - tensor.length()); // 640 is the bytes 80 02
    try (SafetensorsFile file = SafetensorsFile.open(write(header, 1))) {
      assertThat(file.tensor("a").bytes()).isEqualTo(1);
    }
  }

  @Test
  void namesTheTensorWhoseShapeDoesNotFitItsBytes() throws IOException {
    Path file = write("{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,12]}}", 12);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .hasMessageContaining("tensor 'a' is F32 [2, 2] but its data_offsets span 12 bytes");
  }

  @Test
  void packsNumbersOfLessThanAByte() throws IOException {
    String four = "{\"a\":{\"dtype\":\"F4\",\"shape\":[%d],\"data_offsets\":[0,2]}}";
    try (SafetensorsFile file = SafetensorsFile.open(write(four.formatted(4), 2))) {
      assertThat(file.tensor("a").bytes()).isEqualTo(2);
    }
    assertThatThrownBy(() -> SafetensorsFile.open(write(four.formatted(3), 2)))
        .isInstanceOf(CheckpointException.class);
  }

  @Test
  void skipsKeysThatLaterVersionsMayAdd() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"U8\",\"new\":{\"x\":[1]},\"shape\":[1],\"data_offsets\":[0,1]}}";
    try (SafetensorsFile file = SafetensorsFile.open(write(header, 1))) {
      assertThat(file.tensors()).hasSize(1);
    }
  }

  @Test
  void mapsASliceOfATensor() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}}";
    try (SafetensorsFile file = SafetensorsFile.open(write(header, 6))) {
      ByteBuffer slice = file.map(file.tensor("b"), 1, 2);
      // data 0 1 | 2 3 4 5: the slice is 3 4
      assertThat(List.of(slice.get(0), slice.get(1), (byte) slice.remaining()))
          .containsExactly((byte) 3, (byte) 4, (byte) 2);
      assertThatThrownBy(() -> file.map(file.tensor("b"), 3, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("inside the 4 bytes of 'b'");
    }
  }

  @Test
  void readsAPartOfATensorAndTellsOfAFileCutShort() throws IOException {
    Path path = write("{\"a\":{\"dtype\":\"U8\",\"shape\":[6],\"data_offsets\":[0,6]}}", 6);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      ByteBuffer two = ByteBuffer.allocate(2);
      file.read(file.tensor("a"), 3, two);
      assertThat(two.array()).containsExactly(3, 4);
      assertThatThrownBy(() -> file.read(file.tensor("a"), 5, ByteBuffer.allocate(2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("inside the 6 bytes of 'a'");
      Files.write(path, java.util.Arrays.copyOf(Files.readAllBytes(path), 63));
      assertThatThrownBy(() -> file.read(file.tensor("a"), 4, ByteBuffer.allocate(2)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("became shorter");
    }
  }

  @Test
  void keepsASliceAfterClosing() throws IOException {
    SafetensorsFile file =
        SafetensorsFile.open(
            write("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}", 2));
    ByteBuffer slice = file.map(file.tensor("a"), 0, 2);
    file.close();
    assertThat(slice.get(1)).isEqualTo((byte) 1);
  }

  /** A file with {@code header} and data 0, 1, 2, ... */
  private Path write(String header, int data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    for (int i = 0; i < data; i++) {
      bytes.put((byte) i);
    }
    return Files.write(folder.resolve("x.safetensors"), bytes.array());
  }

  /** Values in Java's form. */
  private static List<String> values(SafetensorsFile file, TensorEntry tensor) throws IOException {
    ByteBuffer bytes = file.map(tensor, 0, tensor.bytes());
    List<String> values = new ArrayList<>();
    if (tensor.dtype().isWeight()) {
      for (float value : file.floats(tensor)) {
        values.add("" + (double) value);
      }
      return values;
    }
    while (bytes.hasRemaining()) {
      values.add(
          switch (tensor.dtype()) {
            case F64 -> "" + bytes.getDouble();
            case I64 -> "" + bytes.getLong();
            case I32 -> "" + bytes.getInt();
            case I16 -> "" + bytes.getShort();
            case I8 -> "" + bytes.get();
            case U8 -> "" + (bytes.get() & 0xff);
            case BOOL -> bytes.get() == 0 ? "False" : "True";
            default -> throw new AssertionError(tensor);
          });
    }
    return values;
  }

  /** A value of the golden file in Java's form. */
  private static String value(JsonElement python) {
    String text = python.getAsString();
    return switch (text) {
      case "nan" -> "NaN";
      case "inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      default -> text.matches("-?[0-9]+|True|False") ? text : "" + Double.parseDouble(text);
    };
  }

  private static List<JsonElement> list(JsonObject entry, String key) {
    return entry.getAsJsonArray(key).asList();
  }

  private static Map<String, String> texts(JsonElement element) {
    Map<String, String> texts = new TreeMap<>();
    if (element.isJsonObject()) {
      element.getAsJsonObject().asMap().forEach((key, text) -> texts.put(key, text.getAsString()));
    }
    return texts;
  }
}
