package io.sande.djl.checkpoint;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Writes a checkpoint of the same form as the one it comes from: the same files, tensors, order and
 * dtypes, other numbers.
 */
public final class CheckpointWriter {
  private CheckpointWriter() {}

  /**
   * Refuses early what {@link #write} would refuse after all the work: a target that is no folder
   * or has more in it than a checkpoint, too little space, links out of the source.
   */
  public static void check(Checkpoint source, Path target) throws IOException {
    if (!Files.isDirectory(source.directory())) {
      throw new CheckpointException(
          source.directory(), "is not there any more; its tokenizer and configuration go along");
    }
    CarriedFiles.of(source.directory());
    FolderSwap.check(target);
    long needed =
        source.files().stream()
            .flatMap(file -> file.tensors().stream())
            .mapToLong(TensorEntry::bytes)
            .sum();
    Path parent = target.toAbsolutePath().normalize().getParent();
    long free = Files.getFileStore(parent == null ? target : parent).getUsableSpace();
    if (free < needed) {
      throw new CheckpointException(
          target,
          "needs %,d MiB beside the target, %,d MiB are free".formatted(needed >> 20, free >> 20));
    }
  }

  /**
   * Writes to {@code target}, which may be the source's own folder. A checkpoint that is there is
   * replaced; after a failure it is as before.
   *
   * @param bytes called once for each of the model's tensors, file by file; tensors that the model
   *     ignores are copied, and a stored copy of a tied embedding is asked for as the embedding
   * @throws CheckpointException if the target cannot be written, or {@code bytes} yields too many
   *     or too few
   */
  public static void write(Checkpoint source, Path target, TensorBytes bytes) throws IOException {
    check(source, target);
    FolderSwap.folder(
        target,
        folder -> {
          CarriedFiles.copy(source.directory(), CarriedFiles.of(source.directory()), folder);
          for (SafetensorsFile file : source.files()) {
            writeShard(source, file, folder, bytes);
          }
        });
  }

  /**
   * The same with the weights as they are, byte by byte. Where {@code target} is the source's own
   * folder nothing is done.
   */
  public static void copy(Checkpoint source, Path target) throws IOException {
    Path folder = source.directory();
    if (Files.exists(target) && Files.isSameFile(folder, target)) {
      return;
    }
    check(source, target);
    List<Path> files = CarriedFiles.of(folder);
    source.files().forEach(file -> files.add(folder.relativize(file.path())));
    FolderSwap.folder(target, fresh -> CarriedFiles.copy(folder, files, fresh));
  }

  private static void writeShard(
      Checkpoint source, SafetensorsFile file, Path folder, TensorBytes bytes) throws IOException {
    TensorEntry embedding = source.tensors().get(0).entry();
    Set<String> used =
        source.tensors().stream().map(tensor -> tensor.entry().name()).collect(toSet());
    SafetensorsWriter.write(
        folder.resolve(String.valueOf(file.path().getFileName())),
        file.metadata(),
        file.tensors(),
        (tensor, sink) -> {
          if (tensor.name().equals(Layout.HEAD) && source.config().tied()) {
            bytes.copy(embedding, sink);
          } else if (used.contains(tensor.name())) {
            bytes.copy(tensor, sink);
          } else {
            file.copy(file.tensor(tensor.name()), sink);
          }
        });
  }
}
