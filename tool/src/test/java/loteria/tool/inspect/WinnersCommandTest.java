package loteria.tool.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import loteria.tool.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WinnersCommandTest {
  @TempDir private Path directory;

  @Test
  void showsTheWinnersAgencyByAgency() {
    MadeLottery.drawn(directory).lay();
    Told told = winners();
    assertThat(told.err()).isEmpty();
    assertThat(told.out())
        .isEqualTo(
            """
            agency  document              name
                 1  11                    Ana Paz
                 1  11                    Ana Paz
                 3  32                    Élida Paz
            3 bets have won with number 7574
            """);
    assertThat(told.code()).isZero();
  }

  @Test
  void showsThoseOfOneAgency() {
    MadeLottery.drawn(directory).lay();
    assertThat(winners("--agency", "3").out())
        .contains("32", "1 bet has won")
        .doesNotContain("Ana");
    assertThat(winners("--agency", "2").out()).contains("0 bets have won");
    Told told = winners("--agency", "4");
    assertThat(told.err()).contains("agency of 4 is not between 1 and 3");
    assertThat(told.code()).isEqualTo(2);
  }

  @Test
  void writesAllOfABetAsCsv() {
    MadeLottery.drawn(directory).lay();
    assertThat(winners("--csv", "--agency", "3").out())
        .isEqualTo(
            """
            agencia,nombre,apellido,documento,nacimiento,numero
            3,Élida,Paz,32,1990-02-28,7574
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void keepsSpreadsheetsAndEyesFromBeingFooled() {
    hold(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0,\"x\"",
        "a\u202eb",
        "\u200f=1",
        "\u00a0=1",
        "x; =1+1;y;@z",
        "＝1",
        "Ana");
    assertThat(
            winners("--csv")
                .out()
                .lines()
                .skip(1)
                .map(line -> line.replace(",Paz,1,1990-02-28,7574", "")))
        .containsExactly(
            "1,'=1+1",
            "1,'+1",
            "1,'-1",
            "1,'@SUM(A1)",
            "1,\"'=cmd|' /C calc'!A0,\"\"x\"\"\"",
            "1,a<U+202E>b",
            "1,<U+200F>=1",
            "1,<U+00A0>=1",
            "1,x;' =1+1;y;'@z",
            "1,'＝1",
            "1,Ana");
    assertThat(winners().out()).contains("a<U+202E>b Paz").doesNotContain("\u202e");
  }

  @Test
  void readsMoreThanFitsItsBuffer() {
    hold("x".repeat(255), 200);
    MadeLottery made = hold("x".repeat(255), 2000);
    assertThat(winners().out().lines()).hasSize(made.rows.size() + 2);
  }

  @Test
  void showsNothingBeforeTheDraw() {
    MadeLottery.sealed(directory).lay();
    Told told = winners();
    assertThat(told.out()).isEmpty();
    assertThat(told.err()).isEqualTo("loteria winners: %s: no draw was held yet%n", directory);
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void showsNothingOfAFileThatIsNotTheJournals() throws Exception {
    MadeLottery made = MadeLottery.drawn(directory);
    made.rows.set(5, "3,Zoe,Paz,32,1990-02-28,7574");
    made.lay();
    Told told = winners();
    assertThat(told.out()).isEmpty();
    assertThat(told.err()).startsWith("loteria winners: bets.csv: at offset ");
    assertThat(told.code()).isEqualTo(1);
    assertThat(Files.exists(made.sealedFile())).isTrue();
  }

  private MadeLottery hold(String name, int times) {
    return hold(java.util.Collections.nCopies(times, name).toArray(String[]::new));
  }

  /** A lottery of one agency in which each of these wins. */
  private MadeLottery hold(String... names) {
    MadeLottery made = MadeLottery.fresh(directory);
    List<byte[]> bets = new ArrayList<>();
    for (String name : names) {
      bets.add(MadeLottery.bet(1, name, "1", MadeLottery.NUMBER));
    }
    for (int first = 0; first < bets.size(); first += 20) {
      byte[][] batch =
          bets.subList(first, Math.min(bets.size(), first + 20)).toArray(byte[][]::new);
      made.entries.add(MadeLottery.batch(1, first, batch));
    }
    for (byte[] bet : bets) {
      made.rows.add(new String(bet, java.nio.charset.StandardCharsets.UTF_8).stripTrailing());
    }
    made.entries.add(made.finish(1));
    made.entries.add(made.seal());
    made.entries.add(MadeLottery.draw(MadeLottery.NUMBER, bets.size()));
    return made.lay();
  }

  private Told winners(String... options) {
    return Told.byLoteria("winners", options, directory);
  }
}
