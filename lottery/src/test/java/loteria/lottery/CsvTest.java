package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @Test
  void quotesOnlyWhatNeedsIt() {
    assertThat(row(1, "José", "", "007", "0987-06-05", "0"))
        .isEqualTo("1,José,,007,0987-06-05,0\r\n");
    assertThat(row(65_535, "a,b", "\"", "1", "0987-06-05", "9999"))
        .isEqualTo("65535,\"a,b\",\"\"\"\",1,0987-06-05,9999\r\n");
    assertThat(row(10, " a'b ", "#;c\\", "1", "0987-06-05", "100"))
        .isEqualTo("10, a'b ,#;c\\,1,0987-06-05,100\r\n");
    assertThat(row(10, "a\rb", "a\nb", "1,2", "\"", "7,8"))
        .isEqualTo("10,\"a\rb\",\"a\nb\",\"1,2\",\"\"\"\",\"7,8\"\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "00, 0",
    "7, 7",
    "07, 7",
    "0007, 7",
    "000000007, 7",
    "00000000007574, 7574",
    "0100, 100",
    "010000, 10000"
  })
  void dropsTheLeadingZerosOfTheNumberAlone(String number, String laid) {
    assertThat(row(1, "007", "007", "007", "0987-06-05", number))
        .isEqualTo("1,007,007,007,0987-06-05," + laid + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "007x", "-007", "+007", " 007", "00.7", "0x7", "００7"})
  void laysWhatIsNoNumberAsItIs(String number) {
    assertThat(row(1, "a", "b", "1", "0987-06-05", number))
        .isEqualTo("1,a,b,1,0987-06-05," + number + "\r\n");
  }

  @Test
  void laysBytesThatAreNoTextAsTheyAre() {
    byte[] none = {(byte) 0xff, ',', (byte) 0xc3};
    byte[] digit = {'1'};
    assertThat(Csv.row(1, List.of(none, none, digit, digit, digit)))
        .isEqualTo(
            "1,\"\u00ff,\u00c3\",\"\u00ff,\u00c3\",1,1,1\r\n"
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String row(int agency, String... fields) {
    return new String(Csv.rowOf(agency, List.of(fields)), StandardCharsets.UTF_8);
  }
}
