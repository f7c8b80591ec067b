package io.sande.report;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run was made of, so that it can be repeated. Hashes are SHA-256 in hexadecimal.
 *
 * @param model hash of each file of the checkpoint, by its name; empty if it was not read
 * @param data hash of each further file that was read, by its name
 * @param options all of them as text, by their name
 * @param versions of the library, Java and the engine, by their name
 * @param machine that it ran on
 * @param seed of every random choice
 * @param started when
 */
public record Provenance(
    Map<String, String> model,
    Map<String, String> data,
    Map<String, String> options,
    Map<String, String> versions,
    String machine,
    long seed,
    Instant started) {
  /** Copies the maps, sorted by their keys. */
  public Provenance {
    model = sorted(model);
    data = sorted(data);
    options = sorted(options);
    versions = sorted(versions);
  }

  /** One hash of all files of the model: of a line with name and hash for each, sorted. */
  public String modelSha256() {
    return sha256(model);
  }

  /** One hash of all options. */
  public String optionsSha256() {
    return sha256(options);
  }

  /** As it stands in a report. */
  public String json() {
    return ReportJson.provenance(this).toString();
  }

  /** One hash of {@code texts}, in the order of their keys; each key and text is delimited. */
  public static String sha256(Map<String, String> texts) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (Map.Entry<String, String> entry : sorted(texts).entrySet()) {
      hasher.putString(entry.getKey() + '\0' + entry.getValue() + '\n', StandardCharsets.UTF_8);
    }
    return hasher.hash().toString();
  }

  /**
   * Hash of each file that stands in {@code folder} itself. Hidden ones are left out, and links out
   * of the folder, but for those to the blobs of the Hugging Face cache.
   */
  public static SortedMap<String, String> hashFolder(Path folder) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    Path root = folder.toRealPath();
    Path blobs = root.resolve("../../blobs").normalize();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        Path real = file.toRealPath();
        if (!name.startsWith(".") && (real.startsWith(root) || real.startsWith(blobs))) {
          hashes.put(name, hashFile(file));
        }
      }
    }
    return hashes;
  }

  /** Hash of the bytes of {@code file}, which is read as a stream. */
  public static String hashFile(Path file) throws IOException {
    Hasher hasher = Hashing.sha256().newHasher();
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hasher.putBytes(buffer, 0, read);
      }
    }
    return hasher.hash().toString();
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
