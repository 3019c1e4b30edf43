package loteria.checks.torture;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import loteria.protocol.Message;

/** How many bets the central has said to be stored, agency by agency, on the wire. Thread-safe. */
final class Promises {
  private final Map<Integer, Long> stored = new ConcurrentHashMap<>();

  /** The central says this to an agency. */
  void note(int agency, Message.FromCentral said) {
    switch (said) {
      case Message.Welcome welcome -> promise(agency, welcome.state().next());
      case Message.Stored(long next) -> promise(agency, next);
      case Message.Finished(long total) -> promise(agency, total);
      case Message.SealReceipt _, Message.WinnersPage _, Message.Ping _, Message.Refused _ -> {}
    }
  }

  private void promise(int agency, long next) {
    stored.merge(agency, next, Math::max);
  }

  /** The most that an agency was told. */
  long to(int agency) {
    return stored.getOrDefault(agency, 0L);
  }
}
