package loteria.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import loteria.bench.lab.Lab;

/**
 * Files of invented people's bets, one for each of some agencies, each of the same length.
 *
 * @param folder where they are
 * @param agencies how many
 * @param agencyBets how many bets each has
 */
public record CsvFiles(Path folder, int agencies, int agencyBets) {
  /** Makes the files, each with the same rows; the same arguments give the same bytes. */
  public static CsvFiles generate(Lab lab, Path folder, int agencies, int agencyBets)
      throws IOException {
    CsvFiles files = new CsvFiles(folder, agencies, agencyBets);
    if (agencyBets == 0) {
      Files.createFile(files.csv(1));
    } else {
      generate(lab, folder, 1, agencyBets, 0);
    }
    for (int agency = 2; agency <= agencies; agency++) {
      Files.createLink(files.csv(agency), files.csv(1));
    }
    return files;
  }

  /** Makes files of different lengths. */
  public static void generateUneven(Lab lab, Path folder, int agencies, long bets)
      throws IOException {
    generate(lab, folder, agencies, bets, 10);
  }

  private static void generate(Lab lab, Path folder, int agencies, long bets, int winners)
      throws IOException {
    lab.loteria(
        "generate",
        "--seed",
        1,
        "--agencies",
        agencies,
        "--bets",
        bets,
        "--winners",
        winners,
        folder);
  }

  /** The name of an agency's file. */
  public static String name(int agency) {
    return "agency-" + agency + ".csv";
  }

  public Path csv(int agency) {
    return folder.resolve(name(agency));
  }

  public long bets() {
    return (long) agencies * agencyBets;
  }
}
