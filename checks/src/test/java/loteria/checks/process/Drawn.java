package loteria.checks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import loteria.checks.Bets;

/** What must be true when a draw was held, whatever happened before. */
public final class Drawn {
  private Drawn() {}

  /** Each agency has ended well with as many winners as a naive count of its file finds. */
  public static void assertWinners(List<Running> agencies, List<List<String>> files) {
    for (int k = 1; k <= files.size(); k++) {
      Running agency = agencies.get(k - 1);
      agency.assertExits(0);
      assertThat(agency.lines())
          .as(agency.toString())
          .filteredOn(line -> line.value("action").equals("consulta_ganadores"))
          .extracting(Line::message)
          .containsExactly(
              "action: consulta_ganadores | result: success | cant_ganadores: "
                  + Bets.winners(files.get(k - 1)));
    }
  }

  /** The sealed file has the rows of all files, in order of agency, and is as it was logged. */
  public static void assertSealed(Programs programs, Running central, List<List<String>> files)
      throws IOException {
    byte[] expected = Bets.sealed(files);
    assertThat(Files.readString(programs.bets()))
        .isEqualTo(new String(expected, StandardCharsets.UTF_8));
    Line seal = central.only("seal_bets", "success");
    assertThat(seal.value("sha256")).isEqualTo(Bets.sha256(expected));
    assertThat(seal.number("bets")).isEqualTo(Bets.count(files));
  }

  /** One draw, after all the bets were stored. */
  public static void assertOnceAfterAllWasStored(List<Line> central, List<List<String>> files) {
    List<Line> before =
        central.stream().takeWhile(line -> !line.says("sorteo", "success")).toList();
    assertThat(Running.count(central, "sorteo", "success")).isEqualTo(1);
    assertThat(Found.stored(before)).isEqualTo(Found.stored(central)).isEqualTo(Bets.count(files));
  }
}
