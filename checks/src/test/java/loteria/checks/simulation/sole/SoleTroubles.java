package loteria.checks.simulation.sole;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import loteria.checks.simulation.disk.Disk;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Fault;
import loteria.checks.simulation.run.Reached;
import loteria.checks.simulation.truth.AgencyFile;
import loteria.checks.simulation.world.Node;
import loteria.checks.simulation.world.Program;
import loteria.checks.simulation.world.Troubles;
import loteria.checks.simulation.world.Weather;
import loteria.journal.DataDirectory;

/** What happens to one central, its disk and its agencies. */
final class SoleTroubles extends Troubles {
  private static final List<Disk.Call> CALLS = List.of(Disk.Call.values());

  /** A bit of a file that was turned over. */
  private record Rot(String name, int offset, int bit) {}

  private final SoleWorld world;
  private final boolean rots;
  private Optional<Rot> rot = Optional.empty();
  private int sealsBegun;

  SoleTroubles(SoleWorld world) {
    super(world, List.of(2 * Agenda.SECOND, 10 * Agenda.SECOND, 40 * Agenda.SECOND));
    this.world = world;
    this.rots = world.chance.oneIn(3);
  }

  @Override
  protected void happen() {
    switch (world.chance.below(rots ? 18 : 14)) {
      case 0 -> kill(true);
      case 1 -> kill(false);
      case 2 -> dieInACall();
      case 3 -> central().ifPresent(this::terminate);
      case 4, 5 -> failACall(20);
      case 6 -> fill(node());
      case 7, 8 -> harmConnection();
      case 9, 10 -> killAgency();
      case 11 -> startSecondProgram();
      case 12 -> spoilFile();
      case 13 -> world.change(Weather.of(world.chance));
      default -> letRot();
    }
  }

  private Node node() {
    return world.nodes.getFirst();
  }

  private Optional<Program> central() {
    return node().program();
  }

  private void kill(boolean machine) {
    central().ifPresent(central -> kill(central, machine));
  }

  private void dieInACall() {
    boolean machine = world.chance.oneIn(2);
    world.note(machine ? Fault.POWER_LOSS_IN_A_CALL : Fault.KILL_IN_A_CALL);
    world.disk().dieAtCall(world.chance.between(1, 12), machine);
  }

  private void failACall(int callsMax) {
    Disk.Call call = world.chance.of(CALLS);
    world.note(
        switch (call) {
          case READ -> Fault.READ_ERROR;
          case WRITE -> Fault.WRITE_ERROR;
          case SYNC -> Fault.SYNC_ERROR;
          case TRUNCATE -> Fault.TRUNCATE_ERROR;
        });
    String message = call == Disk.Call.SYNC && world.chance.oneIn(4) ? Disk.NO_ROOM : Disk.BROKEN;
    world.disk().fail(call, world.chance.between(1, callsMax), world.chance.oneIn(3), message);
  }

  private void startSecondProgram() {
    world.note(Fault.SECOND_PROGRAM);
    world.operator.start(anyAgency());
  }

  private int anyAgency() {
    return world.chance.between(1, world.truth.agencies());
  }

  /** Somebody edits an agency's file, and runs the program again. */
  private void spoilFile() {
    int agency = anyAgency();
    AgencyFile file = world.truth.file(agency);
    if (file.bets().isEmpty()) {
      return;
    }
    if (world.chance.oneIn(2)) {
      world.note(Fault.BAD_ROW);
      file.spoil(world.chance.below(file.bets().size()));
    } else if (world.judge.acknowledged(agency) > 0 && !rots) {
      world.note(Fault.FILE_CHANGED);
      file.change();
    }
    world.operator.start(agency);
  }

  /** The central is down for a while, and meanwhile a bit of its disk turns over. */
  private void letRot() {
    List<String> there = world.disk().names();
    // A journal that rots while the sealed file waits for its record is never gone on with.
    boolean seals = world.disk().has(DataDirectory.BETS) && world.judge.now().seal().isEmpty();
    List<String> names =
        Stream.of(DataDirectory.JOURNAL, DataDirectory.JOURNAL, DataDirectory.BETS)
            .filter(name -> there.contains(name) && !(seals && name.equals(DataDirectory.JOURNAL)))
            .toList();
    if (central().isEmpty() || names.isEmpty()) {
      return;
    }
    central().get().die(false);
    String name = world.chance.of(names);
    int size = world.disk().bytes(name).length;
    int from = world.chance.oneIn(4) ? 0 : Math.max(0, size - 200);
    Rot turned = new Rot(name, world.chance.between(from, size - 1), world.chance.below(8));
    world.transcript.note("a bit turns over: %s", turned);
    world.note(Fault.BIT_ROT);
    world.disk().flip(turned.name(), turned.offset(), turned.bit());
    world.judge.rotted();
    rot = Optional.of(turned);
  }

  /** Has the disk repaired, if a bit was turned over since it last was. */
  boolean mendRot() {
    if (rot.isEmpty()) {
      return false;
    }
    Rot turned = rot.get();
    world.disk().flip(turned.name(), turned.offset(), turned.bit());
    world.judge.rotMended();
    rot = Optional.empty();
    return true;
  }

  /** The central has started: it lives with the bit as it is, or has not read it yet. */
  void started() {
    rot = rot.filter(turned -> turned.name().equals(DataDirectory.BETS));
  }

  @Override
  protected void atStart() {
    if (misfortune(5)) {
      if (world.chance.oneIn(2)) {
        dieInACall();
      } else {
        failACall(6);
      }
    }
  }

  @Override
  protected void whileClosing() {
    switch (world.chance.below(6)) {
      case 0 -> dieInACall();
      case 1 -> failACall(4);
      case 2 -> {
        boolean machine = world.chance.oneIn(2);
        inAMoment(() -> kill(machine));
      }
      default -> {}
    }
  }

  @Override
  protected void sealBegins(Node node) {
    sealsBegun++;
    if (sealsBegun == 2) {
      world.note(Reached.SEAL_RETRIED);
    }
    if (misfortune(2)) {
      switch (world.chance.below(3)) {
        case 0 -> dieInACall();
        case 1 -> failACall(4);
        default -> fill(node);
      }
    }
  }
}
