package loteria.client;

import java.nio.file.Path;
import loteria.protocol.EncodedBet;

/** Says how many bets each of the files has, or where the first bad row is. */
final class CountingProgram {
  private CountingProgram() {}

  public static void main(String[] files) throws Exception {
    for (String file : files) {
      EncodedBet bet = new EncodedBet();
      try (CsvBets bets = CsvBets.open(1, Path.of(file))) {
        long count = 0;
        while (bets.next(bet)) {
          count++;
        }
        System.out.println(count + " bets");
      } catch (BadRowException bad) {
        System.out.println("line " + bad.line());
      }
    }
  }
}
