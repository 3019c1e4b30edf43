package loteria.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import loteria.kafka.KafkaOptions;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads a lottery: a data directory, or one that is made of the log that centrals
 * share and removed when this is closed, or when the program is ended by a signal.
 */
final class Source implements AutoCloseable {
  private final Path directory;
  private final String name;
  private final @Nullable SavedLottery saved;
  private final @Nullable StopHook removal;

  private Source(
      Path directory, String name, @Nullable SavedLottery saved, @Nullable StopHook removal) {
    this.directory = directory;
    this.name = name;
    this.saved = saved;
    this.removal = removal;
  }

  /**
   * Opens what was named.
   *
   * @param label what the help calls the directory
   * @throws UsageException if neither was named, or both
   * @throws IOException as {@link SavedLottery#save}
   */
  static Source open(String label, @Nullable Path directory, Brokers brokers)
      throws UsageException, IOException {
    if (brokers.areNamed() == (directory != null)) {
      throw new UsageException(
          directory == null
              ? "%s is missing or --kafka".formatted(label)
              : "%s and --kafka exclude each other".formatted(label));
    }
    return directory == null
        ? of(brokers.options())
        : new Source(directory, directory.toString(), null, null);
  }

  private static Source of(KafkaOptions options) throws IOException {
    Path copy = Files.createTempDirectory("loteria-");
    StopHook removal = StopHook.install("remove-copy", () -> removeQuietly(copy));
    try {
      SavedLottery saved = SavedLottery.save(options, copy);
      return new Source(
          copy, "%s at %s".formatted(options.name(), options.brokers()), saved, removal);
    } catch (IOException | RuntimeException failed) {
      removal.close();
      removeQuietly(copy);
      throw failed;
    }
  }

  /** The data directory. */
  Path directory() {
    return directory;
  }

  /** What messages call it. */
  @Override
  public String toString() {
    return name;
  }

  /** Whether it is a copy, of which nobody knows when the command is done. */
  boolean isCopy() {
    return saved != null;
  }

  /** How many agencies the lottery has, if that is known from elsewhere than the journal. */
  OptionalInt agencies() {
    SavedLottery copy = saved;
    return copy == null ? OptionalInt.empty() : copy.agencies();
  }

  /** How many partitions the bets have; empty if it is a directory. */
  OptionalInt partitions() {
    SavedLottery copy = saved;
    return copy == null ? OptionalInt.empty() : OptionalInt.of(copy.partitions());
  }

  @Override
  public void close() throws IOException {
    StopHook hook = removal;
    if (hook != null) {
      hook.close();
      remove(directory);
    }
  }

  private static void removeQuietly(Path copy) {
    try {
      remove(copy);
    } catch (IOException _) {
      // The program ends, and says why by itself.
    }
  }

  private static void remove(Path copy) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(copy)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : all) {
      Files.deleteIfExists(one);
    }
  }
}
