package loteria.tool.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import loteria.tool.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code tools/audit.py}, which shares no code with the rest, and {@code loteria verify} come to
 * the same on the same lotteries.
 */
class AuditTest {
  @TempDir private Path directory;
  @TempDir private Path bets;

  @Test
  void tellsTheWinnersOfEachAgency() throws Exception {
    MadeLottery made = MadeLottery.drawn(directory).lay();
    Told told = Told.byAudit(made.sealedFile(), MadeLottery.NUMBER, made.sha256());
    assertThat(told.err()).isEmpty();
    assertThat(told.out())
        .isEqualTo(
            """
            agency 1: 4 bets, 2 winners 11 11
            agency 3: 2 bets, 1 winners 32
            total: 6 bets, 3 winners of number 7574
            sha256: %s: as sealed
            """
                .formatted(made.sha256()));
    assertThat(told.code()).isZero();
    assertThat(Told.byLoteria("verify", directory).code()).isZero();
  }

  @Test
  void keepsLeadingZerosAndReadsHardNames() throws Exception {
    MadeLottery made = MadeLottery.sealed(directory).lay();
    assertThat(Told.byAudit(made.sealedFile(), 1, made.sha256()).out())
        .contains("agency 1: 4 bets, 1 winners 0012\n");
    assertThat(Told.byAudit(made.sealedFile(), 75, made.sha256()).out())
        .contains("agency 3: 2 bets, 1 winners 31\n");
  }

  @Test
  void refusesAnotherSeal() throws Exception {
    MadeLottery made = MadeLottery.drawn(directory).lay();
    Told told = Told.byAudit(made.sealedFile(), MadeLottery.NUMBER, "0".repeat(64));
    assertThat(told.out()).contains("sha256: " + made.sha256() + ": NOT the sealed 000");
    assertThat(told.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,Ana,Paz,11,1990-02-28\r\n",
        "1,Ana,Paz,11,1990-02-28,x\r\n",
        "one,Ana,Paz,11,1990-02-28,7\r\n",
        "1,\"Ana,Paz,11,1990-02-28,7\r\n"
      })
  void refusesWhatIsNoBetInOneLine(String row) throws Exception {
    Path file = Files.writeString(directory.resolve("bets.csv"), row);
    Told told = Told.byAudit(file, MadeLottery.NUMBER, "0".repeat(64));
    assertThat(told.err().lines()).singleElement().asString().startsWith("audit.py: " + file);
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void refusesAMissingFile() throws Exception {
    Told missing = Told.byAudit(directory.resolve("bets.csv"), 1, "0".repeat(64));
    assertThat(missing.err().lines()).singleElement().asString().contains("No such file");
    assertThat(missing.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "bets.csv, '1 arguments, not a file, a number and a hash'",
    "bets.csv one SEAL, number of 'one' is not 0 to 9999",
    "bets.csv 10000 SEAL, number of '10000' is not 0 to 9999",
    "bets.csv ٥ SEAL, number of '٥' is not 0 to 9999",
    "bets.csv 1 abc, seal of 'abc' is not 64 hexadecimal digits",
  })
  void exitsWithAnotherCodeWhenItIsCalledWrongly(String line, String why) throws Exception {
    Told wrong = Told.byAudit((Object[]) line.replace("SEAL", "0".repeat(64)).split(" ", -1));
    assertThat(wrong.err()).startsWith("audit.py: " + why + "\n").contains("SHA256: who has won");
    assertThat(wrong.code()).isEqualTo(2);
  }

  /** As it is copied from a page, a message or a printed sheet. */
  @Test
  void takesASealInGroupsAndOnSeveralLinesAsVerifyDoes() throws Exception {
    MadeLottery made = MadeLottery.drawn(directory).lay();
    String grouped = made.sha256().toUpperCase(Locale.ROOT).replaceAll("(.{8})", "$1 ");
    String broken = " " + grouped.replaceFirst(" ", "\r\n") + "\n";
    assertThat(Told.byAudit(made.sealedFile(), MadeLottery.NUMBER, broken).code()).isZero();
    assertThat(Told.byLoteria("verify", "--seal", broken, directory).code()).isZero();
    Object[] words = (made.sealedFile() + " 7574 " + grouped.strip()).split(" ", -1);
    assertThat(Told.byAudit(words).code()).as("not quoted in the shell").isZero();
  }

  @ParameterizedTest
  @CsvSource({"99,7574", "7,1234"})
  void agreesWithVerifyOnALotteryThatTheProgramsHeld(int batchMaxAmount, int number)
      throws Exception {
    hold(batchMaxAmount, number);
    Verification verification =
        Verification.of(
            directory,
            OptionalInt.of(2),
            new Verification.Public(Optional.empty(), OptionalInt.of(number)));
    Verification.SealedFile sealed = verification.sealed().orElseThrow();
    assertThat(sealed.rows()).isEqualTo(1000);

    Told audit = Told.byAudit(directory.resolve("bets.csv"), number, sealed.sha256());
    assertThat(audit.code()).as(audit.out() + audit.err()).isZero();
    for (int agency = 1; agency <= 2; agency++) {
      assertThat(audit.out())
          .contains(
              "agency %d: %d bets, %d winners"
                  .formatted(
                      agency,
                      verification.replay().states().get(agency - 1).next(),
                      sealed.winners().of(agency)));
    }
    assertThat(audit.out()).contains("1000 bets, %d winners".formatted(sealed.winners().total()));
  }

  private void hold(int batchMaxAmount, int number) throws Exception {
    loteria("generate --agencies 2 --bets 1000 --winners 5 --number %d %s".formatted(number, bets));
    loteria(
        "run --data %s --directory %s --number %d --batch-max-amount %d"
            .formatted(bets, directory, number, batchMaxAmount));
  }

  private static void loteria(String line) {
    Told told = Told.byLoteria((Object[]) line.split(" ", -1));
    assertThat(told.code()).as(told.out() + told.err()).isZero();
  }
}
