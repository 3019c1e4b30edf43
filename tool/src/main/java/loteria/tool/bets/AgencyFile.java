package loteria.tool.bets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An agency's file of bets.
 *
 * @param agency from 1
 * @param path where it is
 * @param rows how many lines it has; the last needs no line end
 */
public record AgencyFile(int agency, Path path, long rows) {
  private static final Pattern NAME = Pattern.compile("agency-([1-9][0-9]{0,5})\\.csv");
  private static final int BLOCK_BYTES = 1 << 16;

  /** The name of the file of {@code agency}. */
  public static String nameOf(int agency) {
    return "agency-" + agency + ".csv";
  }

  /** The agencies, ascending, that have a file in {@code directory}. */
  static List<Integer> agenciesIn(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> NAME.matcher(entry.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> Integer.valueOf(name.group(1)))
          .sorted()
          .toList();
    }
  }

  /**
   * Every agency's file of {@code directory}, with its rows counted, by agency from 1.
   *
   * @throws IOException when there is none, one between is missing, or one cannot be read
   */
  public static List<AgencyFile> allIn(Path directory) throws IOException {
    // One that is missing has none, and the same cure.
    List<Integer> agencies = Files.exists(directory) ? agenciesIn(directory) : List.of();
    if (agencies.isEmpty()) {
      throw new IOException(
          "%s has no %s; make some with: loteria generate %s"
              .formatted(directory, nameOf(1), directory));
    }
    List<AgencyFile> files = new ArrayList<>();
    for (int agency : agencies) {
      int expected = files.size() + 1;
      if (agency != expected) {
        throw new IOException(
            "%s has %s but no %s; agencies are numbered from 1 without a gap"
                .formatted(directory, nameOf(agency), nameOf(expected)));
      }
      Path path = directory.resolve(nameOf(agency));
      files.add(new AgencyFile(agency, path, countRows(path)));
    }
    return List.copyOf(files);
  }

  private static long countRows(Path path) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    long rows = 0;
    byte last = '\n';
    try (InputStream in = Files.newInputStream(path)) {
      for (int read = in.read(block); read > 0; read = in.read(block)) {
        for (int at = 0; at < read; at++) {
          rows += block[at] == '\n' ? 1 : 0;
        }
        last = block[read - 1];
      }
    }
    return last == '\n' ? rows : rows + 1;
  }
}
