package loteria.server;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import loteria.lottery.Csv;

/** A bet of an agency, by its fields. */
public record Bet(
    int agency,
    String firstName,
    String lastName,
    String document,
    LocalDate birthDate,
    int number) {
  /** Its row, line end included. */
  byte[] row() {
    List<byte[]> fields =
        Stream.of(firstName, lastName, document, birthDate.toString(), Integer.toString(number))
            .map(field -> field.getBytes(StandardCharsets.UTF_8))
            .toList();
    return Csv.row(agency, fields);
  }
}
