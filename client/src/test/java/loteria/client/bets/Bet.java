package loteria.client.bets;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import loteria.protocol.Rows;

/** A bet as the tests make it. Its row is laid here, and not by what is tested. */
public record Bet(
    int agency,
    String firstName,
    String lastName,
    String document,
    LocalDate birthDate,
    int number) {

  /** The row of an agency's file, without its line end. */
  public String csv() {
    return String.join(
        ",",
        quoted(firstName),
        quoted(lastName),
        document,
        birthDate.toString(),
        Integer.toString(number));
  }

  private static String quoted(String text) {
    return text.contains(",") || text.contains("\"")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  /** The row of the wire, its line end included. */
  public byte[] row() {
    return (agency + "," + csv() + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Hands over all batches of a source, each of so many bets at the most. */
  public static void forEachBatch(BetSource source, int betsMax, Consumer<Rows> taker)
      throws IOException, BadRowException {
    Rows.Collector batch = new Rows.Collector(betsMax);
    source.fill(batch);
    while (!batch.isEmpty()) {
      taker.accept(batch.take());
      source.fill(batch);
    }
  }

  /** The bets of a batch. */
  public static List<Bet> of(Rows rows) {
    ByteBuffer bytes = ByteBuffer.allocate(rows.length());
    rows.putInto(bytes);
    String text = new String(bytes.array(), StandardCharsets.UTF_8);
    return CsvReader.builder().ofCsvRecord(text).stream()
        .map(record ->
            new Bet(
                Integer.parseInt(record.getField(0)),
                record.getField(1),
                record.getField(2),
                record.getField(3),
                LocalDate.parse(record.getField(4)),
                Integer.parseInt(record.getField(5))))
        .toList();
  }
}
