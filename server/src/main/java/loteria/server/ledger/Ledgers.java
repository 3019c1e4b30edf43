package loteria.server.ledger;

import java.io.IOException;
import java.util.List;
import loteria.server.Figures;
import loteria.server.ServerLog;
import loteria.server.operator.Request;

/**
 * The ledgers that one loop drives: one where a central has its lottery to itself, and one for each
 * partition that it owns where several centrals share it. For the loop's thread.
 */
public interface Ledgers {
  /** Those that are here now. */
  List<Ledger> here();

  /** The most that can be here at once. */
  int most();

  /** Where an agency is served, whether or not the lottery expects it. */
  Route route(int agency);

  /** An operator asks for something, and is told the answer when it is durable. */
  void ask(Request request, Request.Operator operator);

  /** Does what it is time for. To be called now and then, and when a block was stored. */
  void settle() throws IOException;

  /** The agencies that are awaited: none before anybody has come. */
  List<Integer> missing();

  Figures figures();

  ServerLog log();
}
