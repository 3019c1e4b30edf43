package loteria.checks.torture.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loteria.checks.process.Peer;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.Message;
import org.jspecify.annotations.Nullable;

/**
 * An agency that speaks for itself, frame by frame, with as many batches under way as it may have,
 * and that remembers what it was told: it reads to the end, also when the central takes nothing
 * more. It never comes back by itself. For one thread at a time.
 */
public final class Uploader {
  /** A minute of them: a central that says nothing else does not get on. */
  private static final int PINGS_MAX = 12;

  private final SpokenFile file;
  private final int batchBets;
  private long acked;
  private boolean finished;
  private int pings;
  private @Nullable Refusal refusal;

  /** What the agency uploads: its file, so many bets in a batch. */
  public Uploader(SpokenFile file, int batchBets) {
    this.file = file;
    this.batchBets = batchBets;
  }

  /** How many of its bets it was ever told are stored. */
  public long acked() {
    return acked;
  }

  /** Whether it was told that its Finish is stored. */
  public boolean hasFinished() {
    return finished;
  }

  /** How many heartbeats it has heard. */
  public int pings() {
    return pings;
  }

  /** Why the last session was refused; empty if it was not. */
  public Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** One session: all that is left to upload, and Finish; or until it is refused or cut. */
  public void upload(int port) {
    session(
        port,
        (peer, welcome) -> {
          if (upload(peer, welcome, file.size()) && !welcome.state().finished()) {
            peer.sendWhatItTakes(file.finish(file.size(), file.size()));
            if (hear(peer) instanceof Message.Finished(long total)) {
              assertThat(total).isEqualTo(file.size());
              finished = true;
            }
          }
        });
  }

  /** One session, in which it uploads its first bets alone, so many or a few more, and leaves. */
  public void uploadFirst(int count, int port) {
    session(
        port,
        (peer, welcome) -> {
          boolean ignored = upload(peer, welcome, Math.min(count, file.size()));
        });
  }

  /** One session of an agency that has finished: waits for the draw and for its winners. */
  public void hearWinners(int port) {
    session(
        port,
        (peer, welcome) -> {
          peer.sendWhatItTakes(Codec.encode(new Message.AskWinners()));
          while (hear(peer) instanceof Message.WinnersPage page && !page.last()) {
            // Another page follows.
          }
        });
  }

  private interface Talk {
    void with(Peer peer, Message.Welcome welcome) throws IOException;
  }

  private void session(int port, Talk talk) {
    refusal = null;
    try (Peer peer = Peer.at(port)) {
      peer.sendWhatItTakes(file.hello(acked));
      if (hear(peer) instanceof Message.Welcome welcome) {
        assertThat(welcome.state().next())
            .as("stored bets of agency %d, which was told of %d", file.agency(), acked)
            .isBetween(acked, (long) file.size());
        acked = welcome.state().next();
        finished = welcome.state().finished();
        talk.with(peer, welcome);
      }
    } catch (SocketTimeoutException silent) {
      throw new AssertionError("the central says nothing to agency " + file.agency(), silent);
    } catch (IOException _) {
      // The central is gone.
    }
  }

  /** Uploads so many bets, those that are stored included: false if it was refused. */
  private boolean upload(Peer peer, Message.Welcome welcome, int count) throws IOException {
    List<Long> underWay = new ArrayList<>();
    long sent = acked;
    while (acked < count) {
      while (sent < count && underWay.size() < welcome.window()) {
        int batch = Math.min(batchBets, file.size() - (int) sent);
        peer.sendWhatItTakes(file.batch((int) sent, batch));
        sent += batch;
        underWay.add(sent);
      }
      if (!(hear(peer) instanceof Message.Stored(long next))) {
        return false;
      }
      assertThat(next).isBetween(acked, sent);
      acked = next;
      underWay.removeIf(end -> end <= next);
    }
    return true;
  }

  /** The next message that is no ping. */
  private Decoded hear(Peer peer) throws IOException {
    while (true) {
      Decoded heard = peer.receive();
      switch (heard) {
        case Message.Ping _ -> {
          pings++;
          assertThat(pings).as("heartbeats, and nothing else, for %s", this).isLessThan(PINGS_MAX);
          peer.sendWhatItTakes(Codec.encode(new Message.Pong()));
        }
        case Message.Refused refused -> {
          refusal = refused.refusal();
          return refused;
        }
        default -> {
          return heard;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "agency %d, told of %d bets, finished: %s, refused: %s"
        .formatted(file.agency(), acked, finished, refusal);
  }
}
