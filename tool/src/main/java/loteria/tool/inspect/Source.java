package loteria.tool.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import loteria.kafka.options.KafkaOptions;
import loteria.tool.command.Brokers;
import loteria.tool.command.TemporaryFolder;
import loteria.tool.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Where a command reads a lottery: a data directory, or one that is made of the log that centrals
 * share and deleted when this is closed, or when the program is ended by a signal.
 *
 * @param directory the data directory
 * @param name what messages call it
 * @param saved what the directory is a copy of, of which nobody knows when the command is done
 * @param copy where that is
 */
record Source(
    Path directory, String name, Optional<SavedLottery> saved, Optional<TemporaryFolder> copy)
    implements AutoCloseable {

  /** What names a lottery on the command line. */
  static final class Named {
    @Mixin private final Brokers brokers = new Brokers();

    @Parameters(
        paramLabel = "DIR",
        arity = "0..1",
        description = "The data directory; or else --kafka.")
    private @Nullable Path directory;

    /** As {@link Source#open}. */
    Source open() throws UsageException, IOException {
      return Source.open("DIR", directory, brokers);
    }
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
        : new Source(directory, directory.toString(), Optional.empty(), Optional.empty());
  }

  private static Source of(KafkaOptions options) throws IOException {
    TemporaryFolder copy = new TemporaryFolder(Files.createTempDirectory("loteria-"));
    try {
      SavedLottery saved = SavedLottery.save(options, copy.path());
      String name = "%s at %s".formatted(options.name(), options.brokers());
      return new Source(copy.path(), name, Optional.of(saved), Optional.of(copy));
    } catch (IOException | RuntimeException failed) {
      copy.close();
      throw failed;
    }
  }

  /** What a copy of the log lacks, a line each. */
  List<String> undecided() {
    return saved.map(SavedLottery::undecided).orElse(List.of());
  }

  /** How many agencies the lottery has, if that is known from elsewhere than the journal. */
  OptionalInt agencies() {
    return saved.map(SavedLottery::agencies).orElse(OptionalInt.empty());
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void close() throws IOException {
    if (copy.isPresent()) {
      copy.get().close();
    }
  }
}
