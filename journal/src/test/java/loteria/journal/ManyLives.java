package loteria.journal;

import static loteria.journal.Reopened.records;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import loteria.journal.FaultyStorage.Call;

/**
 * One disk, and programs that open the journal on it, append, and die, again and again. It knows
 * what was acknowledged and what was in flight at the death, and so what the next one has to find:
 * the one, or the one and all of the other.
 */
final class ManyLives {
  private static final ZerosAhead NO_ZEROS = new ZerosAhead(Runnable::run, Integer.MAX_VALUE, 1, 1);

  private final FaultyStorage disk;
  private final ZerosAhead ahead;
  private final Random random;
  private final List<String> acknowledged = new ArrayList<>();
  private List<String> inFlight = List.of();
  private int sent;

  ManyLives(FaultyStorage disk, Random random) {
    this(disk, random, NO_ZEROS);
  }

  ManyLives(FaultyStorage disk, Random random, ZerosAhead ahead) {
    this.disk = disk;
    this.ahead = ahead;
    this.random = random;
  }

  /** One program, from its start to its end or its death. */
  void live(int appends) {
    try {
      Reopened reopened = Reopened.of(ZeroedStorage.of(disk, disk, ahead));
      compare(reopened.texts());
      for (int append = 0; append < appends; append++) {
        append(reopened.journal());
      }
    } catch (DamagedJournalException | ForeignFileException wrong) {
      throw new AssertionError(wrong);
    } catch (PowerLoss | IOException death) {
      // what it leaves behind is for the next one to find
    }
  }

  /** A program that nothing disturbs, and that is therefore able to say all that there is. */
  void liveUndisturbed(int appends) throws IOException {
    Reopened reopened = Reopened.of(ZeroedStorage.of(disk, disk, ahead));
    compare(reopened.texts());
    for (int append = 0; append < appends; append++) {
      append(reopened.journal());
    }
  }

  /** Lets a random fault strike the next life. */
  void threaten() {
    switch (random.nextInt(5)) {
      case 0, 1 -> disk.losePowerAtCall(1 + random.nextInt(40));
      case 2 ->
          disk.fail(Call.SYNC, 1 + random.nextInt(8), random.nextBoolean(), ManyLives::broken);
      case 3 ->
          disk.fail(Call.WRITE, 1 + random.nextInt(20), random.nextBoolean(), ManyLives::broken);
      default -> disk.limitTo((int) disk.size() + random.nextInt(3000));
    }
  }

  void rest() {
    if (random.nextInt(3) == 0) {
      disk.restart();
    } else {
      disk.restartAfterPowerLoss();
    }
    disk.limitTo(1 << 21);
  }

  int acknowledged() {
    return acknowledged.size();
  }

  private void append(Journal journal) throws IOException {
    List<String> group = new ArrayList<>();
    for (int records = 1 + random.nextInt(4); records > 0; records--) {
      group.add(sent++ + ":" + "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 3000 : 30)));
    }
    inFlight = group;
    try {
      journal.append(records(group.toArray(String[]::new)));
      acknowledged.addAll(group);
    } catch (StorageFullException full) {
      // refused, so it must never be found
    }
    inFlight = List.of();
  }

  private void compare(List<String> found) {
    List<String> all = new ArrayList<>(acknowledged);
    all.addAll(inFlight);
    if (!found.equals(acknowledged) && !found.equals(all)) {
      throw new AssertionError(
          "found %s, acknowledged %s, in flight %s".formatted(found, acknowledged, inFlight));
    }
    acknowledged.clear();
    acknowledged.addAll(found);
    inFlight = List.of();
  }

  private static IOException broken() {
    return new IOException("Input/output error");
  }
}
