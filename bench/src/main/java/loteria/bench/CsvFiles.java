package loteria.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Files of invented people's bets, one for each of some agencies, each of the same length.
 *
 * @param folder where they are
 * @param agencies how many
 * @param agencyBets how many bets each has
 */
record CsvFiles(Path folder, int agencies, int agencyBets) {
  /** Makes the files, each with the same rows; the same arguments give the same bytes. */
  static CsvFiles generate(Lab lab, Path folder, int agencies, int agencyBets) throws IOException {
    CsvFiles files = new CsvFiles(folder, agencies, agencyBets);
    if (agencyBets == 0) {
      Files.createFile(files.csv(1));
    } else {
      generate(lab, folder, 1, agencyBets, "--winners", "0");
    }
    for (int agency = 2; agency <= agencies; agency++) {
      Files.createLink(files.csv(agency), files.csv(1));
    }
    return files;
  }

  /** Makes files of different lengths. */
  static void generateUneven(Lab lab, Path folder, int agencies, long bets) throws IOException {
    generate(lab, folder, agencies, bets, "--winners", "10");
  }

  private static void generate(Lab lab, Path folder, int agencies, long bets, String... more)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(lab.launcher(), "generate", "--seed", "1"));
    words.addAll(List.of("--agencies", Integer.toString(agencies)));
    words.addAll(List.of("--bets", Long.toString(bets)));
    words.addAll(List.of(more));
    words.add(folder.toString());
    try (Program generate = lab.start("generate", words, Map.of())) {
      generate.awaitSuccess(Program.PATIENCE);
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
