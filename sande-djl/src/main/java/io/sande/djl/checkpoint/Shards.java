package io.sande.djl.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The weight files of a folder: {@code model.safetensors}, or what {@code
 * model.safetensors.index.json} names.
 */
final class Shards implements Closeable {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private final Path list;
  private final List<SafetensorsFile> files = new ArrayList<>();
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private Shards(Path list) {
    this.list = list;
  }

  /** Opens all files and checks that each tensor is where the index says. */
  static Shards open(Path folder) throws IOException {
    Path single = folder.resolve(SINGLE);
    Path index = folder.resolve(INDEX);
    if (!Files.exists(single) && !Files.exists(index)) {
      throw new CheckpointException(folder, "has no " + SINGLE + otherWeights(folder));
    }
    // transformers prefers the single file as well
    boolean sharded = !Files.exists(single);
    Shards shards = new Shards(sharded ? index : single);
    try {
      if (sharded) {
        shards.addAll(folder);
      } else {
        shards.add(single);
      }
      return shards;
    } catch (IOException | RuntimeException e) {
      shards.closeAfter(e);
      throw e;
    }
  }

  /** All files, in the order of their names. */
  List<SafetensorsFile> files() {
    return files;
  }

  /** All tensors by name. */
  Map<String, StoredTensor> tensors() {
    return tensors;
  }

  /** The file that says which tensors there are. */
  Path list() {
    return list;
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsFile file : files) {
      file.close();
    }
  }

  private void addAll(Path folder) throws IOException {
    Map<String, String> places = places(HfConfig.read(list).section("weight_map"));
    for (String name : new TreeSet<>(places.values())) {
      Path shard = folder.resolve(name);
      if (!Files.exists(shard)) {
        throw new CheckpointException(
            list, "names " + name + ", which is not there; download the whole folder again");
      }
      add(shard);
    }
    for (Map.Entry<String, String> place : places.entrySet()) {
      StoredTensor tensor = tensors.get(place.getKey());
      if (tensor == null || !tensor.file().path().endsWith(place.getValue())) {
        throw new CheckpointException(
            list,
            "says that %s has tensor '%s', but it has not"
                .formatted(place.getValue(), place.getKey()));
      }
    }
    tensors.keySet().retainAll(places.keySet());
  }

  private void add(Path path) throws IOException {
    Links.check(path);
    SafetensorsFile file = SafetensorsFile.open(path);
    files.add(file);
    for (TensorEntry entry : file.tensors()) {
      StoredTensor earlier = tensors.put(entry.name(), new StoredTensor(file, entry));
      if (earlier != null) {
        throw new CheckpointException(
            path,
            "has tensor '%s', and so has %s"
                .formatted(entry.name(), earlier.file().path().getFileName()));
      }
    }
  }

  /** File of each tensor; an index without the map is refused, as it lists nothing. */
  private static Map<String, String> places(HfConfig map) throws CheckpointException {
    Map<String, String> places = new LinkedHashMap<>();
    for (String tensor : map.keys()) {
      String file = map.text(tensor, "");
      if (!isPlainName(file)) {
        throw map.wrong(tensor, "the plain name of a .safetensors file in the same folder");
      }
      places.put(tensor, file);
    }
    if (places.isEmpty()) {
      throw map.error("has no weight_map that says which file has which tensor");
    }
    return places;
  }

  /** No folder, drive, address or control character; so nothing outside the folder is opened. */
  private static boolean isPlainName(String file) {
    return file.endsWith(".safetensors")
        && file.chars().noneMatch(c -> c < ' ' || "/\\:*?\"<>|".indexOf(c) >= 0);
  }

  private static String otherWeights(Path folder) {
    if (Files.exists(folder.resolve("pytorch_model.bin"))
        || Files.exists(folder.resolve("pytorch_model.bin.index.json"))) {
      return ", only pytorch_model.bin, a pickle that can run code;"
          + " save the model with safe_serialization=True";
    }
    if (Files.exists(folder.resolve("consolidated.safetensors"))
        || Files.exists(folder.resolve("consolidated.00.pth"))) {
      return ", only the vendor's own form (consolidated...); use the form for transformers";
    }
    return "; is the download complete?";
  }

  private void closeAfter(Exception cause) {
    try {
      close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
