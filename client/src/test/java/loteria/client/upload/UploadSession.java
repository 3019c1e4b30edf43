package loteria.client.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import loteria.protocol.Message;

/**
 * Drives an upload as a connection would, to a central in memory that answers as late as it can:
 * when the agency has nothing more to say.
 */
public final class UploadSession {
  private final Upload upload;
  private final MemoryCentral central;
  private final List<Message.FromAgency> said = new ArrayList<>();
  private final Queue<Message.FromCentral> answers = new ArrayDeque<>();
  private final Deque<Long> unacknowledged = new ArrayDeque<>();
  private int unacknowledgedMost;
  private boolean pings;
  private boolean cumulative;
  private boolean prepares;

  public UploadSession(Upload upload, MemoryCentral central) {
    this.upload = upload;
    this.central = central;
  }

  /** The central pings before each of its messages. */
  UploadSession withPings() {
    pings = true;
    return this;
  }

  /** Of several acknowledgements that are on their way only the last one arrives. */
  UploadSession withCumulativeAcknowledgements() {
    cumulative = true;
    return this;
  }

  /** The next batch is made before an answer is waited for, and not when there is room for it. */
  UploadSession withPreparation() {
    prepares = true;
    return this;
  }

  /** Runs the session to its end. */
  public Outcome run() throws Exception {
    while (upload.outcome().isEmpty()) {
      Optional<Message.FromAgency> message = upload.next();
      if (message.isPresent()) {
        take(message.get());
      } else if (upload.outcome().isEmpty()) {
        assertThat(answers).as("both sides wait after %s", said).isNotEmpty();
        if (prepares) {
          upload.prepare();
        }
        ping();
        hear(answers.remove());
      }
    }
    assertThat(upload.next()).as("after the end").isEmpty();
    upload.close();
    return upload.outcome().get();
  }

  private void take(Message.FromAgency message) {
    said.add(message);
    if (message instanceof Message.Batch batch) {
      unacknowledged.add(batch.first() + batch.rows().count());
      unacknowledgedMost = Math.max(unacknowledgedMost, unacknowledged.size());
    }
    answers.addAll(central.answers(message));
  }

  private void ping() throws Exception {
    if (pings) {
      upload.hear(new Message.Ping());
      assertThat(upload.next()).contains(new Message.Pong());
    }
  }

  private void hear(Message.FromCentral answer) throws Exception {
    Message.FromCentral heard = answer;
    while (cumulative
        && heard instanceof Message.Stored
        && answers.peek() instanceof Message.Stored) {
      heard = answers.remove();
    }
    if (heard instanceof Message.Stored(long next)) {
      unacknowledged.removeIf(end -> end <= next);
    }
    upload.hear(heard);
  }

  /** What the agency has said, but its pongs. */
  List<Message.FromAgency> said() {
    return said;
  }

  /** What kind of things the agency has said, in the order of their first time. */
  List<String> kinds() {
    return said.stream().map(message -> message.getClass().getSimpleName()).distinct().toList();
  }

  /** How many batches were under way at the most. */
  int unacknowledgedMost() {
    return unacknowledgedMost;
  }
}
