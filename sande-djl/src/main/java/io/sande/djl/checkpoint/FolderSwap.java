package io.sande.djl.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a folder or file beside its target and moves it into place, so that nobody ever sees half
 * of it. What was there before is moved aside, and put back if the second move fails.
 */
final class FolderSwap {
  private static final System.Logger LOG = System.getLogger(FolderSwap.class.getName());

  /** Folders inside a checkpoint that may be replaced with it. */
  private static final Set<String> REPLACEABLE = Set.of(".cache", CarriedFiles.TEMPLATES);

  /** One of them is in each checkpoint. */
  private static final List<String> CONFIGS = List.of(Checkpoint.CONFIG, AdapterFolder.CONFIG);

  private FolderSwap() {}

  /** Fills a path that is new and the writer's own. */
  @FunctionalInterface
  interface Content {
    void write(Path path) throws IOException;
  }

  /** Replaces the folder {@code target} by one that {@code content} fills. */
  static void folder(Path target, Content content) throws IOException {
    Path place = place(target);
    check(place);
    swap(
        place,
        path -> {
          Files.createDirectory(path);
          content.write(path);
          force(path);
        });
  }

  /** Replaces the file {@code target} by one that {@code content} writes. */
  static void file(Path target, Content content) throws IOException {
    Path place = place(target);
    if (Files.isDirectory(place)) {
      throw new CheckpointException(place, "is a folder; a file is to be written there");
    }
    swap(place, content);
  }

  /**
   * Refuses a {@code target} that cannot be a folder, or that is one with more in it than a
   * checkpoint, which replacing it would destroy. Creates the folder above it.
   */
  static void check(Path target) throws IOException {
    Path place = place(target);
    if (!Files.exists(place)) {
      return;
    }
    if (!Files.isDirectory(place)) {
      throw new CheckpointException(place, "is a file; a folder is to be written there");
    }
    List<Path> entries = list(place);
    for (Path entry : entries) {
      boolean folder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
      if (!isReplaceable(entry.getFileName().toString(), folder)) {
        throw destroys(place, "has a " + (folder ? "folder " : "file ") + entry);
      }
    }
    if (!entries.isEmpty() && CONFIGS.stream().noneMatch(c -> Files.exists(place.resolve(c)))) {
      throw destroys(place, "is no checkpoint: it has files and no config.json");
    }
  }

  private static boolean isReplaceable(String name, boolean folder) {
    return folder ? REPLACEABLE.contains(name) : CarriedFiles.belongsToCheckpoint(name);
  }

  private static CheckpointException destroys(Path place, String what) {
    return new CheckpointException(
        place, "would be replaced, but it " + what + "; choose another place to write");
  }

  /** The real place of {@code target}, its parent made; a link to a folder stays a link. */
  private static Path place(Path target) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new CheckpointException(absolute, "is the root of the file system");
    }
    try {
      if (!Files.isDirectory(parent)) {
        Files.createDirectories(parent);
      }
      return Files.exists(absolute) ? absolute.toRealPath() : absolute;
    } catch (IOException e) {
      throw new CheckpointException(absolute, "cannot be written: " + e, e);
    }
  }

  private static void swap(Path target, Content content) throws IOException {
    String suffix = UUID.randomUUID().toString().substring(0, 8);
    Path fresh = target.resolveSibling("." + target.getFileName() + ".tmp-" + suffix);
    Path aside = target.resolveSibling("." + target.getFileName() + ".old-" + suffix);
    try {
      content.write(fresh);
      moveIn(fresh, target, aside);
    } catch (CheckpointException e) {
      deleteAfter(e, fresh);
      throw e;
    } catch (IOException e) {
      deleteAfter(e, fresh);
      throw new CheckpointException(target, "could not be written, nothing has changed: " + e, e);
    } catch (RuntimeException | Error e) {
      deleteAfter(e, fresh);
      throw e;
    }
    forgetOld(aside);
  }

  private static void moveIn(Path fresh, Path target, Path aside) throws IOException {
    boolean replaces = Files.exists(target);
    if (replaces) {
      Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (replaces) {
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
    force(target.resolveSibling("."));
  }

  /** The new state is in place, so this may not fail the caller. */
  private static void forgetOld(Path aside) {
    try {
      delete(aside);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "What was replaced could not be deleted: " + aside, e);
    }
  }

  private static void deleteAfter(Throwable cause, Path path) {
    try {
      delete(path);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Deletes a file, or a folder with all in it; follows no link. */
  private static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /** Waits until the disk has the names in {@code folder}, where the system can do that. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "This system cannot flush a folder: " + folder, e);
    }
  }
}
