package loteria.client.bets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import loteria.client.upload.MemoryCentral;
import loteria.client.upload.Outcome;
import loteria.client.upload.Upload;
import loteria.protocol.Message;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of every odd kind, uploaded by rows that the central judges and by rows that are checked
 * before: both come to the same end, and to the same as sessions that are cut after every batch,
 * some of them of the one way and some of the other.
 */
final class BothWaysTest {
  private static final int AGENCY = 3;
  private static final String GOOD = "Ana,Pérez,00012345,1999-03-17,7574\n";

  @TempDir private Path directory;

  static Stream<byte[]> files() {
    List<String> texts = new ArrayList<>();
    for (String row : odd()) {
      for (String end : List.of("\n", "\r\n", "\r", "")) {
        texts.add(row + end);
        texts.add(GOOD.repeat(3) + row + end);
        texts.add(GOOD.repeat(3) + row + end + GOOD.repeat(4));
      }
    }
    texts.add(MadeUpBets.csv(MadeUpBets.of(AGENCY, 30)));
    texts.add(MadeUpBets.csv(MadeUpBets.of(AGENCY, 30)).replace("\n", "\r\n"));
    texts.add(MadeUpBets.csv(MadeUpBets.of(AGENCY, 30)).replace("\n", "\r"));
    texts.add("\uFEFF" + GOOD);
    texts.add("");
    Stream<byte[]> bytes = texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8));
    return Stream.concat(
        bytes,
        Stream.of(
            (GOOD + "Ñandú,P,1,1999-03-17,1\n").getBytes(StandardCharsets.ISO_8859_1),
            GOOD.getBytes(StandardCharsets.UTF_16)));
  }

  private static List<String> odd() {
    return List.of(
        "",
        " ",
        "\n\n",
        "\"Ana\",\"Pérez\",\"00012345\",\"1999-03-17\",\"7574\"",
        "\"Zoë \"\"la Rápida\"\"\",\"de la Fuente, hija\",1,1999-03-17,1",
        "A\"na\",Pérez,1,1999-03-17,1",
        "\"Ana\"x,P,1,1999-03-17,1",
        "Ana,\"Pérez,1,1999-03-17,1",
        "Ana,\"P\nz\",1,1999-03-17,1",
        "Ana,\"P\rz\",1,1999-03-17,1",
        "Ana,\"\",1,1999-03-17,0",
        "Ana,,1,1999-03-17,0001",
        "Ana,,1,1999-03-17,00",
        "Ana,,1,1999-03-17,000000001",
        "Ana,,1,1999-03-17,0000000001",
        "Ana,,1,1999-03-17,010000",
        "Ana,,1,1999-03-17,10000",
        "Ana,,1,1999-03-17,",
        "Ana,,1,1999-03-17",
        "Ana,,1,1999-03-17,1,",
        "Ana;Pérez;1;1999-03-17;1",
        "nombre,apellido,documento,nacimiento,numero",
        "Ana,Pérez,12a,1999-03-17,1",
        "Ana,Pérez,1,1999-02-30,1",
        ",Pérez,1,1999-03-17,1",
        "a".repeat(255) + "," + "ñ".repeat(127) + "," + "1".repeat(20) + ",1999-03-17,9999",
        "a".repeat(256) + ",Pérez,1,1999-03-17,1",
        "a".repeat(2_000) + ",Pérez,1,1999-03-17,1",
        "\"" + "\"\"".repeat(255) + "\",\"" + "\"\"".repeat(255) + "\",1,1999-03-17,1",
        "a".repeat(CsvFile.ROW_BYTES_MAX + 10),
        "A\u2028na,P,1,1999-03-17,1",
        "A\0na,P,1,1999-03-17,1");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("files")
  void everyWayComesToTheSameEnd(byte[] text) throws Exception {
    Path file = Files.write(directory.resolve("agency-3.csv"), text);
    Optional<End> first = Optional.empty();
    for (int batchBetsMax : List.of(1, 2, 99)) {
      for (boolean careful : List.of(false, true)) {
        for (boolean cut : List.of(false, true)) {
          End end = upload(file, batchBetsMax, careful, cut);
          assertThat(end)
              .as("batches of %d, careful %s, cut %s", batchBetsMax, careful, cut)
              .isEqualTo(first.orElse(end));
          first = Optional.of(end);
        }
      }
    }
  }

  /** What is stored at the end, and how the upload has ended. */
  private record End(List<Bet> stored, boolean finished, String outcome) {}

  private static End upload(Path file, int batchBetsMax, boolean careful, boolean cut)
      throws Exception {
    MemoryCentral central = new MemoryCentral(AGENCY, 2);
    boolean goesOnCarefully = careful;
    long acked = 0;
    while (true) {
      try (Upload upload =
          new Upload(AGENCY, BetsFile.at(AGENCY, file), batchBetsMax, true, acked)) {
        if (goesOnCarefully) {
          upload.goOnCarefully();
        }
        Optional<Outcome> outcome = session(upload, central, cut);
        acked = upload.acked();
        if (outcome.isPresent() && outcome.get() instanceof Outcome.NotChecked) {
          assertThat(goesOnCarefully).isFalse();
          goesOnCarefully = true;
        } else if (outcome.isPresent()) {
          if (!cut) {
            assertThat(central.badRows()).isLessThanOrEqualTo(careful ? 0 : 1);
          }
          return new End(central.stored(), central.isFinished(), words(outcome.get()));
        } else {
          // The next program knows nothing, and goes the other way.
          goesOnCarefully = careful && !goesOnCarefully;
          acked = 0;
        }
      }
    }
  }

  private static String words(Outcome outcome) {
    return outcome instanceof Outcome.BadRow(BadRowException row)
        ? row.line() + " " + row.field() + " " + row.reason()
        : outcome.toString();
  }

  /** A session, which may be cut after its first batch was answered; empty if it was. */
  private static Optional<Outcome> session(Upload upload, MemoryCentral central, boolean cut)
      throws Exception {
    List<Message.FromCentral> answers = new ArrayList<>();
    while (upload.outcome().isEmpty()) {
      Optional<Message.FromAgency> said = upload.next();
      boolean refused = !answers.isEmpty() && answers.getLast() instanceof Message.Refused;
      if (said.isPresent() && refused) {
        assertThat(said.get()).isInstanceOf(Message.Batch.class); // Nobody hears it.
      } else if (said.isPresent()) {
        answers.addAll(central.answers(said.get()));
      } else if (upload.outcome().isEmpty()) {
        Message.FromCentral heard = answers.removeFirst();
        upload.hear(heard);
        if (cut && heard instanceof Message.Stored) {
          return Optional.empty();
        }
      }
    }
    return upload.outcome();
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("files")
  void rowsThatAreBetsAreTheSameBytesBothWays(byte[] text) throws Exception {
    Path file = Files.write(directory.resolve("agency-3.csv"), text);
    byte[] careful = rows(file, true);
    byte[] quick = rows(file, false);
    assertThat(Arrays.copyOf(quick, careful.length)).isEqualTo(careful);
  }

  /** The rows up to the end, or to one that is no bet. */
  private static byte[] rows(Path file, boolean careful) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (BetSource source = BetsFile.at(AGENCY, file).open(careful)) {
      Bet.forEachBatch(
          source,
          3,
          rows -> {
            ByteBuffer bytes = ByteBuffer.allocate(rows.length());
            rows.putInto(bytes);
            all.writeBytes(bytes.array());
          });
    } catch (BadRowException _) {
      // What precedes it is what counts here.
    }
    return all.toByteArray();
  }
}
