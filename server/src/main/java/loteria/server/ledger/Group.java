package loteria.server.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import loteria.lottery.AgencyState;
import loteria.lottery.ClosingReason;
import loteria.protocol.Message;
import loteria.server.ServerLog;
import loteria.server.operator.Answer;
import loteria.server.operator.Request;
import org.jspecify.annotations.Nullable;

/**
 * What was decided together, is made durable together, and is answered together: the records, in
 * the order of their block, and the replies to each session. For the ledger's thread.
 */
final class Group {
  /**
   * A record of an agency.
   *
   * @param after what is stored of the agency, this record included
   * @param position where the record lies in the journal
   * @param bets how many bets it has; 0 if it is a finish or a closing
   * @param document that of its bet, if it has one alone, for the log; else null
   * @param number that of its bet, if it has one alone
   */
  record Kept(
      int agency,
      AgencyState after,
      long position,
      int bets,
      @Nullable String document,
      int number) {
    static Kept of(Message.Batch batch, AgencyState after, long position) {
      int count = batch.rows().count();
      return count == 1
          ? new Kept(
              batch.agency(),
              after,
              position,
              count,
              batch.rows().document(batch.rows().length()),
              batch.rows().number(batch.rows().length()))
          : new Kept(batch.agency(), after, position, count, null, 0);
    }

    /** A finish, or a closing. */
    static Kept of(int agency, AgencyState after, long position) {
      return new Kept(agency, after, position, 0, null, 0);
    }
  }

  private record OperatorsAnswer(Request.Operator operator, Answer durable, Answer undone) {}

  /** The replies to one session: acknowledgements are cumulative, only the last one is said. */
  private static final class Replies {
    private static final long NONE = -1;

    private long stored = NONE;
    private final List<Message.FromCentral> words = new ArrayList<>(1);

    /** An acknowledgement goes before all but a Welcome, which no other word precedes. */
    void say(Session session, long now) {
      int first = 0;
      if (!words.isEmpty() && words.getFirst() instanceof Message.Welcome welcome) {
        session.say(welcome, now);
        first = 1;
      }
      if (stored != NONE) {
        session.say(new Message.Stored(stored), now);
      }
      for (int i = first; i < words.size(); i++) {
        session.say(words.get(i), now);
      }
    }
  }

  private final List<Kept> kept = new ArrayList<>();
  private final Map<Session, Replies> replies = new LinkedHashMap<>();
  private final List<OperatorsAnswer> answers = new ArrayList<>();
  private final List<Beside.Task> durables = new ArrayList<>();
  private boolean undone;

  boolean isEmpty() {
    return kept.isEmpty() && replies.isEmpty() && answers.isEmpty() && durables.isEmpty();
  }

  void keep(Kept record) {
    kept.add(record);
  }

  /** What is done once the group is durable, and answered. */
  void thenRun(Beside.Task then) {
    durables.add(then);
  }

  void reply(Session session, Message.FromCentral word) {
    to(session).words.add(word);
  }

  /** Once the group is durable, the session is told that the first {@code next} bets are stored. */
  void acknowledge(Session session, long next) {
    to(session).stored = next;
  }

  void tell(Request.Operator operator, Answer durable, Answer instead) {
    answers.add(new OperatorsAnswer(operator, durable, instead));
  }

  private Replies to(Session session) {
    return replies.computeIfAbsent(session, _ -> new Replies());
  }

  List<Kept> kept() {
    return kept;
  }

  /** Writes the lines of what is now durable. */
  void log(ServerLog.Group lines) {
    for (Kept record : kept) {
      ClosingReason reason = record.after().closed();
      if (record.bets() > 0) {
        if (record.document() != null) {
          lines.stored(record.document(), record.number());
        }
        lines.received(record.bets());
      } else if (reason == null) {
        lines.finished(record.agency(), record.after().next());
      } else {
        lines.closed(record.agency(), record.after().next(), reason);
      }
    }
  }

  /**
   * It has not happened: replies to these agencies become refusals.
   *
   * @param refusal of a session, from the refusal that it was to hear anyway, if any
   */
  void undo(
      BiFunction<Session, Message.@Nullable Refused, Message.Refused> refusal,
      Set<Integer> agencies) {
    undone = true;
    durables.clear();
    replies.forEach((session, said) -> {
      if (agencies.contains(session.agency())) {
        Message.Refused planned = null;
        for (Message.FromCentral word : said.words) {
          planned = word instanceof Message.Refused refused ? refused : planned;
        }
        said.stored = Replies.NONE;
        said.words.clear();
        said.words.add(refusal.apply(session, planned));
      }
    });
  }

  /** Says the replies: the group is durable, or undone. */
  void answer(long now) throws IOException {
    replies.forEach((session, said) -> said.say(session, now));
    answers.forEach(answer -> answer.operator().told(undone ? answer.undone() : answer.durable()));
    for (Beside.Task durable : durables) {
      durable.run();
    }
  }
}
