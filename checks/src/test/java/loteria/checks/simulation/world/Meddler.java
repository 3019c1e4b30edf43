package loteria.checks.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loteria.checks.simulation.run.Fault;
import loteria.checks.simulation.truth.Bet;
import loteria.lottery.Checksum;
import loteria.protocol.Message;
import loteria.protocol.Rows;

/**
 * An agency of another make, which says now and then what ours never would: all of it true to its
 * file, but again, too early or too late. For one thread.
 */
final class Meddler {
  private final World world;
  private final List<Bet> file;
  private int left;

  /**
   * Meddles with some messages.
   *
   * @param left with how many, at the most
   */
  Meddler(World world, List<Bet> file, int left) {
    this.world = world;
    this.file = file;
    this.left = left;
  }

  void stop() {
    left = 0;
  }

  /**
   * What is sent in place of a message; nothing if the connection loses it.
   *
   * @param earlier the batches that were sent in the session
   * @param finished whether the central has said that the agency has finished
   */
  List<Message.FromAgency> instead(
      Message.FromAgency message, List<Message.Batch> earlier, boolean finished) {
    if (left == 0 || !world.chance.oneIn(3)) {
      return List.of(message);
    }
    Optional<List<Message.FromAgency>> other =
        switch (message) {
          case Message.Batch batch -> Optional.of(instead(batch, earlier));
          case Message.Finish finish -> Optional.of(instead(finish, earlier));
          case Message.AskWinners ask when finished && !file.isEmpty() -> Optional.of(instead(ask));
          case Message.AskWinners _, Message.Hello _, Message.Pong _ -> Optional.empty();
        };
    if (other.isPresent()) {
      left--;
    }
    return other.orElse(List.of(message));
  }

  private List<Message.FromAgency> instead(Message.Batch batch, List<Message.Batch> earlier) {
    return switch (world.chance.below(4)) {
      case 0 -> {
        world.note(Fault.DROPPED_BATCH);
        yield List.of();
      }
      case 1 -> {
        world.note(Fault.DUPLICATE_BATCH);
        yield List.of(batch, earlier.isEmpty() ? batch : world.chance.of(earlier));
      }
      case 2 -> {
        world.note(Fault.DUPLICATE_BATCH);
        yield List.of(batch, batch, batch);
      }
      default -> {
        if (batch.first() == 0) {
          world.note(Fault.DUPLICATE_BATCH);
          yield List.of(batch, batch);
        }
        world.note(Fault.OVERLAPPING_BATCH);
        int first = (int) batch.first();
        yield List.of(batch(batch.agency(), first - 1, first + 1), batch);
      }
    };
  }

  private List<Message.FromAgency> instead(Message.Finish finish, List<Message.Batch> earlier) {
    if (world.chance.oneIn(2)) {
      world.note(Fault.WRONG_FINISH);
      return List.of(new Message.Finish(finish.agency(), finish.total() + 1, finish.checksum()));
    }
    if (earlier.isEmpty()) {
      world.note(Fault.REPEATED_FINISH);
      return List.of(finish, finish);
    }
    world.note(Fault.LATE_BATCH);
    return List.of(finish, world.chance.of(earlier));
  }

  /** The agency has finished in an earlier session. */
  private List<Message.FromAgency> instead(Message.AskWinners ask) {
    List<Message.FromAgency> said = new ArrayList<>();
    int agency = file.getFirst().agency();
    if (world.chance.oneIn(3)) {
      world.note(Fault.LATE_BATCH);
      said.add(new Message.Batch(agency, file.size(), batch(agency, 0, 1).rows()));
    } else {
      world.note(Fault.REPEATED_FINISH);
      said.add(new Message.Finish(agency, file.size(), checksum(agency)));
    }
    said.add(ask);
    return said;
  }

  private int checksum(int agency) {
    int checksum = Checksum.EMPTY;
    for (int i = 0; i < file.size(); i++) {
      Rows one = batch(agency, i, i + 1).rows();
      checksum = Checksum.join(checksum, one.checksum(), one.length());
    }
    return checksum;
  }

  private Message.Batch batch(int agency, int from, int to) {
    Rows.Collector rows = new Rows.Collector(to - from);
    for (Bet bet : file.subList(from, to)) {
      byte[] row = bet.rowBytes();
      boolean added = rows.add(row, 0, row.length);
      assert added;
    }
    return new Message.Batch(agency, from, rows.take());
  }
}
