package loteria.client.bets;

import java.nio.file.Path;
import loteria.protocol.Rows;

/** Says how many bets each of the files has, or where the first bad row is. */
final class CountingProgram {
  private CountingProgram() {}

  public static void main(String[] files) throws Exception {
    for (String file : files) {
      Rows.Collector batch = new Rows.Collector(1_000);
      try (BetSource bets = BetsFile.at(1, Path.of(file)).open(false)) {
        long count = 0;
        bets.fill(batch);
        while (!batch.isEmpty()) {
          count += batch.take().count();
          bets.fill(batch);
        }
        System.out.println(count + " bets");
      } catch (BadRowException bad) {
        System.out.println("line " + bad.line());
      }
    }
  }
}
