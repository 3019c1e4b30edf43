package loteria.checks.torture.evidence;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import loteria.protocol.Message;

/** How many bets the central has said to be stored, agency by agency, on the wire. Thread-safe. */
public final class Promises {
  private final Map<Integer, Long> stored = new ConcurrentHashMap<>();

  /** The central says this to an agency. */
  public void note(int agency, Message.FromCentral said) {
    switch (said) {
      case Message.Welcome welcome -> promise(agency, welcome.state().next());
      case Message.Stored(long next) -> promise(agency, next);
      case Message.Finished(long total) -> promise(agency, total);
      case Message.SealReceipt _, Message.WinnersPage _, Message.Ping _, Message.Refused _ -> {}
    }
  }

  /** What was said so far. */
  public Promises copy() {
    Promises copy = new Promises();
    copy.stored.putAll(stored);
    return copy;
  }

  private void promise(int agency, long next) {
    stored.merge(agency, next, Math::max);
  }

  /** The most that an agency was told. */
  public long to(int agency) {
    return stored.getOrDefault(agency, 0L);
  }
}
