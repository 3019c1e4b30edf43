package loteria.client.bets;

import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;

/** Says how many bets each of the files has, or where the first bad row is. */
final class CountingProgram {
  private CountingProgram() {}

  public static void main(String[] files) throws Exception {
    for (String file : files) {
      try (BetSource bets = BetsFile.at(1, Path.of(file)).open(false)) {
        LongAdder count = new LongAdder();
        Bet.forEachBatch(bets, 1_000, rows -> count.add(rows.count()));
        System.out.println(count + " bets");
      } catch (BadRowException bad) {
        System.out.println("line " + bad.line());
      }
    }
  }
}
