package io.sande.resume;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of a run: its journal and the files of its state.
 *
 * @param path of the folder
 */
record RunFolder(Path path) {
  private static final System.Logger LOG = System.getLogger(RunFolder.class.getName());
  private static final String JOURNAL = "journal";

  /** Ours, and what an engine leaves that was killed while it wrote. */
  private static final Pattern STATE =
      Pattern.compile("\\.?(weights|adapter|training)-\\d+(\\.tmp.*)?");

  /** Writes a file or folder that is not there yet. */
  @FunctionalInterface
  interface Content {
    void write(Path path) throws IOException;
  }

  /** Makes the folder; one that is there must have nothing but a run, or nothing. */
  static RunFolder open(Path path) throws IOException {
    Files.createDirectories(path);
    RunFolder folder = new RunFolder(path);
    for (Path file : folder.list()) {
      if (!isOurs(file) && !Files.exists(folder.journal())) {
        throw new ResumeException(
            "[%s] is not the folder of a run: it has %s and no journal; choose another one"
                .formatted(path, file.getFileName()));
      }
    }
    return folder;
  }

  private static boolean isOurs(Path file) {
    return STATE.matcher(file.getFileName().toString()).matches();
  }

  Path journal() {
    return path.resolve(JOURNAL);
  }

  Path file(Part part, long number) {
    return path.resolve(name(part, number));
  }

  private static String name(Part part, long number) {
    return part.name().toLowerCase(java.util.Locale.ROOT) + "-" + number;
  }

  /** Writes a part of a state beside its place and moves it there. */
  void write(Part part, long number, Content content) throws IOException {
    Path target = file(part, number);
    Path fresh = target.resolveSibling(target.getFileName() + ".tmp");
    try {
      delete(fresh);
      content.write(fresh);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      force();
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw failed(target, fresh, e);
    }
  }

  /** Waits until the disk has the names, where the system can do that. */
  private void force() {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "This system cannot flush a folder: " + path, e);
    }
  }

  private static ResumeException failed(Path target, Path fresh, IOException cause) {
    try {
      delete(fresh);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return new ResumeException(
        "[%s] could not be written: %s. The state before is as it was: make room, and the same call goes on from there"
            .formatted(target, cause.getMessage()),
        cause);
  }

  /** Deletes the files of all other states. */
  void keep(Collection<Stored> states) throws IOException {
    Set<String> kept =
        states.stream()
            .flatMap(
                s ->
                    Stream.of(
                        name(Part.WEIGHTS, s.weights()),
                        name(Part.ADAPTER, s.adapter()),
                        name(Part.TRAINING, s.training())))
            .collect(Collectors.toSet());
    for (Path file : list()) {
      String name = file.getFileName().toString();
      if (isOurs(file) && !kept.contains(name)) {
        delete(file);
      }
    }
  }

  /** Deletes the run, the journal first, and the folder where nothing else is in it. */
  void delete() throws IOException {
    Files.deleteIfExists(journal());
    keep(List.of());
    if (list().isEmpty()) {
      Files.deleteIfExists(path);
    }
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.toList();
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      for (Path file : new RunFolder(path).list()) {
        delete(file);
      }
    }
    Files.deleteIfExists(path);
  }
}
