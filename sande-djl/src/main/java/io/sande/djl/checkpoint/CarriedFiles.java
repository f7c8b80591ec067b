package io.sande.djl.checkpoint;

import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a checkpoint that are not weights and go along unchanged: configuration, tokenizer,
 * chat templates, licence. Not signatures, which would not hold; not pickles; not Python code.
 */
final class CarriedFiles {
  /** Folder of further chat templates, the only one that transformers knows. */
  static final String TEMPLATES = "additional_chat_templates";

  private static final Set<String> EXTENSIONS =
      Set.of("json", "jinja", "model", "txt", "md", "tiktoken");
  private static final List<String> NAMES =
      List.of("LICENSE", "LICENCE", "README", "NOTICE", "USE_POLICY", "tokenizer.model.");

  /** What goes with a checkpoint too, and is not carried along. */
  private static final Set<String> NOT_CARRIED =
      Set.of("safetensors", "bin", "pt", "pth", "gguf", "onnx", "h5", "msgpack", "py", "sig");

  /** Would make transformers take the folder for an adapter, or look for a pickle. */
  private static final Set<String> NEVER =
      Set.of(AdapterFolder.CONFIG, "pytorch_model.bin.index.json", "trainer_state.json");

  private CarriedFiles() {}

  /**
   * Files of {@code folder} to carry along, relative to it.
   *
   * @throws CheckpointException if one is a link that leads out of the folder
   */
  static List<Path> of(Path folder) throws IOException {
    List<Path> carried = new ArrayList<>();
    addFiles(folder, folder, carried);
    Path templates = folder.resolve(TEMPLATES);
    if (Files.isDirectory(templates)) {
      addFiles(folder, templates, carried);
    }
    return carried;
  }

  /**
   * Copies {@code files} of {@code source} to {@code target}, and waits until the disk has them.
   */
  static void copy(Path source, List<Path> files, Path target) throws IOException {
    for (Path file : files) {
      Path copy = target.resolve(file.toString());
      Files.createDirectories(copy.toAbsolutePath().getParent());
      MoreFiles.asByteSource(source.resolve(file.toString())).copyTo(MoreFiles.asByteSink(copy));
      try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  private static void addFiles(Path root, Path folder, List<Path> carried) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.sorted().toList()) {
        if (isCarried(file.getFileName().toString()) && Files.isRegularFile(file)) {
          Links.check(file);
          carried.add(root.relativize(file));
        }
      }
    }
  }

  /** Whether a file of this name may go when the checkpoint beside it is replaced. */
  static boolean belongsToCheckpoint(String name) {
    return name.startsWith(".") || isKnown(name) || NOT_CARRIED.contains(extension(name));
  }

  private static boolean isCarried(String name) {
    return !name.startsWith(".") && !NEVER.contains(name) && isKnown(name);
  }

  private static boolean isKnown(String name) {
    return EXTENSIONS.contains(extension(name)) || NAMES.stream().anyMatch(name::startsWith);
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
