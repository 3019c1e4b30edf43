package loteria.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import loteria.tool.BetsGenerator;
import loteria.tool.BetsOrder;

/**
 * Files of invented people's bets, one for each of some agencies, each of the same length.
 *
 * @param folder where they are
 * @param agencies how many
 * @param agencyBets how many bets each has
 */
record CsvFiles(Path folder, int agencies, int agencyBets) {
  private static final int NUMBER = 7574;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Makes the files; the same arguments give the same bytes. */
  static CsvFiles generate(Path folder, int agencies, int agencyBets) throws IOException {
    CsvFiles files = new CsvFiles(folder, agencies, agencyBets);
    for (int agency = 1; agency <= agencies; agency++) {
      BetsOrder order = new BetsOrder(agency, 1, agencyBets, OptionalLong.empty(), NUMBER);
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(files.csv(agency)), BUFFER_BYTES)) {
        long bets = new BetsGenerator(order).write(1, out).bets();
        assert bets == agencyBets : bets;
      }
    }
    return files;
  }

  /** Makes files of different lengths, as {@code loteria generate} does. */
  static void generateUneven(Path folder, int agencies, long bets) throws IOException {
    BetsGenerator generator =
        new BetsGenerator(new BetsOrder(1, agencies, bets, OptionalLong.of(10), NUMBER));
    for (int agency = 1; agency <= agencies; agency++) {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(folder.resolve(name(agency))), BUFFER_BYTES)) {
        long written = generator.write(agency, out).bets();
        assert written > 0 : written;
      }
    }
  }

  /** The name of an agency's file. */
  static String name(int agency) {
    return "agency-" + agency + ".csv";
  }

  Path csv(int agency) {
    return folder.resolve(name(agency));
  }

  long bets() {
    return (long) agencies * agencyBets;
  }
}
