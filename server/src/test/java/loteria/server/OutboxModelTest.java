package loteria.server;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import loteria.lottery.Standing;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * An outbox between the ledger's thread, its writer and whoever closes it, in all interleavings
 * that a model checker tries: what is heard must be what could be heard of one thread that does the
 * same one after the other. So nothing is lost, said twice or out of order.
 */
public class OutboxModelTest {
  private static final int SCENARIOS = 6;
  private static final int INTERLEAVINGS = 60;
  private static final int STEPS = 3;

  @Test
  void isHeardAsIfOneThreadDidItAll() {
    options().check(LockedModel.class);
  }

  @Test
  void anOutboxWithoutItsLockWouldBeFound() {
    assertThatExceptionOfType(LincheckAssertionError.class)
        .isThrownBy(() -> options().check(UnlockedModel.class))
        .withMessageContaining("Invalid execution results");
  }

  /** The codec has no state: its steps are none that another thread could come between. */
  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(INTERLEAVINGS)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(STEPS)
        .actorsAfter(1)
        .minimizeFailedScenario(false)
        .addGuarantee(
            forClasses("loteria.protocol.Codec", Heard.class.getName()).allMethods().ignore());
  }

  /** What is done to an outbox, and by which of its threads. */
  public abstract static class Model {
    private long next;

    abstract Session session();

    abstract void writeTo(OutputStream out) throws IOException, InterruptedException;

    abstract void end();

    @Operation(nonParallelGroup = "ledger")
    public void acknowledge() {
      next++;
      session().say(new Message.Stored(next));
    }

    @Operation(nonParallelGroup = "ledger")
    public void answer() {
      session().say(new Message.Finished(next));
    }

    /** What the writer writes at once; a ping if there is nothing. */
    @Operation(nonParallelGroup = "writer")
    public String hear() throws InterruptedException {
      Heard heard = new Heard();
      try {
        writeTo(heard);
        return "nothing any more";
      } catch (IOException _) {
        return heard.words();
      }
    }

    @Operation(runOnce = true)
    public void close() {
      end();
    }
  }

  /** The outbox of the central. */
  public static final class LockedModel extends Model {
    private final Outbox outbox = new Outbox();

    public LockedModel() {
      outbox.say(new Message.Welcome(1, 16, Standing.NEW));
    }

    @Override
    Session session() {
      return outbox;
    }

    @Override
    void writeTo(OutputStream out) throws IOException, InterruptedException {
      outbox.writeTo(out, 0);
    }

    @Override
    void end() {
      outbox.close();
    }
  }

  /** What it would be without its lock. */
  public static final class UnlockedModel extends Model implements Session {
    private final Queue<Message.FromCentral> messages = new ArrayDeque<>();
    private long stored;
    private boolean closed;

    @Override
    Session session() {
      return this;
    }

    @Override
    public void say(Message.FromCentral message) {
      if (message instanceof Message.Stored(long next)) {
        stored = next;
      } else {
        messages.add(message);
      }
    }

    @Override
    void writeTo(OutputStream out) throws IOException {
      if (closed) {
        return;
      }
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      if (stored != 0) {
        frames.writeBytes(Codec.encode(new Message.Stored(stored)));
        stored = 0;
      }
      for (Message.FromCentral message : messages) {
        frames.writeBytes(Codec.encode(message));
      }
      messages.clear();
      frames.writeTo(out);
    }

    @Override
    void end() {
      closed = true;
    }
  }

  /** Takes one writing, and ends it as a connection that is gone. */
  private static final class Heard extends OutputStream {
    private final StringBuilder words = new StringBuilder();

    @Override
    public void write(int one) {
      throw new AssertionError("bytes one by one");
    }

    @Override
    public void write(byte[] frames, int from, int length) throws IOException {
      int at = from;
      while (at < from + length) {
        // The type, and the low byte of a count where there is one.
        int bytes = Byte.toUnsignedInt(frames[at + 3]);
        words.append("%02x:%d ".formatted(frames[at + 1], frames[at + Math.min(11, bytes - 1)]));
        at += bytes;
      }
      throw new IOException("enough");
    }

    String words() {
      return words.toString();
    }
  }
}
