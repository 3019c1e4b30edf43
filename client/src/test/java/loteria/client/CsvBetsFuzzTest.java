package loteria.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import loteria.lottery.Bet;
import loteria.protocol.EncodedBet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, it is bets that could be written down, up to a row that is none. */
class CsvBetsFuzzTest {
  private static final int AGENCY = 3;

  /** The buffers of the file, of the parser and of its row. */
  private static final long ALLOCATED_BYTES_MAX = 12L * CsvBets.ROW_BYTES_MAX;

  private static final long ALLOCATED_PER_BYTE_MAX = 512;

  @TempDir private Path directory;

  static Stream<byte[]> seeds() {
    return Stream.of(
            MadeUpBets.csv(MadeUpBets.of(AGENCY, 3)),
            "\n\r\nAna,,7,2000-02-29,0\r\n\"a\"\"b\",\"c,d\",1,1999-03-17,9999",
            "Ana,Pérez,1,1999-02-30,1\n",
            "Ana,Pérez,1,1999-03-17\n",
            "Ana,\"Pérez,1,1999-03-17,1\n",
            "\uFEFFAna,Pérez,1,1999-03-17,1\n")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsBetsThatCouldBeWrittenAndNamesARowThatIsNone(byte[] file) throws Exception {
    Path path = directory.resolve("agency-3.csv");
    Files.write(path, file);
    Allocation.atMost(
        ALLOCATED_BYTES_MAX + ALLOCATED_PER_BYTE_MAX * file.length, () -> Reading.of(path));

    Reading reading = Reading.of(path);
    assertThat(reading.bets.size()).isLessThanOrEqualTo(file.length);
    reading.bad.ifPresent(bad -> {
      assertThat(bad.source()).isEqualTo(path.toString());
      assertThat(bad.line()).isBetween(1L, file.length + 1L);
      assertThat(bad.reason()).isNotBlank();
    });
    Files.writeString(path, MadeUpBets.csv(reading.bets));
    assertThat(Reading.of(path)).isEqualTo(new Reading(reading.bets, Optional.empty()));
  }

  /** The bets of a file, up to its end or to a row that is none. */
  private record Reading(List<Bet> bets, Optional<BadRowException> bad) {
    static Reading of(Path path) throws IOException {
      List<Bet> bets = new ArrayList<>();
      try (CsvBets source = CsvBets.open(AGENCY, path)) {
        EncodedBet bet = new EncodedBet();
        while (source.next(bet)) {
          bets.add(MadeUpBets.decoded(AGENCY, bet));
        }
        return new Reading(bets, Optional.empty());
      } catch (BadRowException bad) {
        return new Reading(bets, Optional.of(bad));
      }
    }
  }
}
