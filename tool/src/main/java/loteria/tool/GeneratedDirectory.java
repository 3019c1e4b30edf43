package loteria.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that is given generated agency files, whole or not at all.
 *
 * <p>Every file is first written into a hidden folder inside the directory (so on the same file
 * system) and moved out by an atomic rename when all are complete: no half file is ever called
 * agency-N.csv. The folder is removed also when the program is interrupted. One thread at a time.
 */
final class GeneratedDirectory {
  private final Path directory;

  GeneratedDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes the file of each agency of {@code generator}, replacing those of the same names.
   *
   * @throws IOException when a file cannot be written, or the directory holds an agency file that
   *     these do not replace, so that the two sets would be taken for one; nothing has changed then
   */
  List<GeneratedFile> write(BetsGenerator generator) throws IOException {
    int agencies = generator.order().agencies();
    Files.createDirectories(directory);
    refuseOthers(agencies);
    Path hidden = Files.createTempDirectory(directory, ".generate-");
    Thread cleaner = Thread.ofPlatform().name("generate-cleaner").unstarted(() -> remove(hidden));
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      List<GeneratedFile> files = writeInto(hidden, generator);
      for (GeneratedFile file : files) {
        String name = AgencyFile.nameOf(file.agency());
        Files.move(hidden.resolve(name), directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      }
      return files;
    } finally {
      remove(hidden);
      withdraw(cleaner);
    }
  }

  private static List<GeneratedFile> writeInto(Path hidden, BetsGenerator generator)
      throws IOException {
    List<GeneratedFile> files = new ArrayList<>();
    for (int agency = 1; agency <= generator.order().agencies(); agency++) {
      try (OutputStream out = Files.newOutputStream(hidden.resolve(AgencyFile.nameOf(agency)))) {
        files.add(generator.write(agency, out));
      }
    }
    return List.copyOf(files);
  }

  private void refuseOthers(int agencies) throws IOException {
    for (int agency : AgencyFile.agenciesIn(directory)) {
      if (agency > agencies) {
        throw new IOException(
            "%s holds %s already, which these %d files would not replace; remove it first"
                .formatted(directory, AgencyFile.nameOf(agency), agencies));
      }
    }
  }

  private static void withdraw(Thread cleaner) {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException shuttingDown) {
      // The cleaner is at work already.
      return;
    }
  }

  private static void remove(Path hidden) {
    try (Stream<Path> left = Files.list(hidden)) {
      for (Path file : left.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(hidden);
    } catch (IOException left) {
      // A hidden folder stays behind: it harms nothing, and nobody is left to tell.
      return;
    }
  }
}
