package loteria.server.net;

import java.io.IOException;
import java.util.List;
import loteria.server.Figures;
import loteria.server.ServerLog;
import loteria.server.ledger.Ledger;
import loteria.server.ledger.Ledgers;
import loteria.server.ledger.Route;
import loteria.server.operator.Request;

/** A ledger whose agencies another central has. */
record Elsewhere(Ledger ledger, String owner) implements Ledgers {
  @Override
  public List<Ledger> here() {
    return ledger.here();
  }

  @Override
  public int most() {
    return ledger.most();
  }

  @Override
  public Route route(int agency) {
    return new Route.There(owner);
  }

  @Override
  public void ask(Request request, Request.Operator operator) {
    ledger.ask(request, operator);
  }

  @Override
  public void settle() throws IOException {
    ledger.settle();
  }

  @Override
  public List<Integer> missing() {
    return ledger.missing();
  }

  @Override
  public Figures figures() {
    return ledger.figures();
  }

  @Override
  public ServerLog log() {
    return ledger.log();
  }
}
