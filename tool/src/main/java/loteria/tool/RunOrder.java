package loteria.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One run of the lottery: who bets what, where it is kept, and what wins.
 *
 * @param agencies their files, by agency from 1 without a gap
 * @param source the directory of those files
 * @param directory where the central keeps its data and every program its log; also the programs'
 *     working directory
 * @param number the winning number
 * @param batchMaxAmount the most bets of a batch
 */
record RunOrder(
    List<AgencyFile> agencies, Path source, Path directory, int number, int batchMaxAmount) {
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Checks that there is an agency, and makes the paths absolute since the programs run elsewhere.
   */
  RunOrder {
    if (agencies.isEmpty()) {
      throw new IllegalArgumentException("a run without an agency");
    }
    agencies = List.copyOf(agencies);
    source = source.toAbsolutePath().normalize();
    directory = directory.toAbsolutePath().normalize();
  }

  /** The rows of all agencies' files. */
  long rows() {
    return agencies.stream().mapToLong(AgencyFile::rows).sum();
  }

  /** The command that starts the central, on a free port of the loopback. */
  List<String> centralCommand(Programs programs) {
    return words(
        programs.central(),
        "--server-port",
        "0",
        "--bind",
        LOOPBACK,
        "--agencies",
        Integer.toString(agencies.size()),
        "--number",
        Integer.toString(number),
        "--data-directory",
        directory.toString(),
        "--logging-level",
        "INFO",
        "--log-format",
        "course");
  }

  /** The command that starts {@code agency} against the central at {@code port}. */
  List<String> agencyCommand(Programs programs, int agency, int port) {
    return words(
        programs.agency(),
        "--id",
        Integer.toString(agency),
        "--server-address",
        LOOPBACK + ":" + port,
        "--task",
        "upload",
        "--data",
        source.toString(),
        "--log-level",
        "INFO",
        "--log-format",
        "course",
        "--batch-max-amount",
        Integer.toString(batchMaxAmount));
  }

  private static List<String> words(List<String> program, String... arguments) {
    return Stream.concat(program.stream(), Stream.of(arguments)).toList();
  }
}
