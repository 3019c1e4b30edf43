package loteria.checks.simulation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens to the system, when, and for how long. For one thread. */
final class Troubles {
  private static final List<Long> LENGTHS =
      List.of(2 * Agenda.SECOND, 10 * Agenda.SECOND, 40 * Agenda.SECOND);
  private static final List<Disk.Call> CALLS = List.of(Disk.Call.values());

  /** A bit of a file that was turned over. */
  private record Rot(String name, int offset, int bit) {}

  private final World world;
  private final boolean rots;
  private final boolean closes;
  private Optional<Rot> rot = Optional.empty();
  private int sealsBegun;
  private boolean over;

  Troubles(World world) {
    this.world = world;
    this.rots = world.chance().oneIn(4);
    this.closes = world.chance().oneIn(5);
  }

  void begin() {
    long length = world.chance().of(LENGTHS);
    int count = world.chance().oneIn(10) ? 0 : world.chance().between(1, 12);
    for (int i = 0; i < count; i++) {
      long most = world.chance().oneIn(2) ? length : Agenda.SECOND;
      world.agenda().in(world.chance().between(Agenda.MILLISECOND, most), this::happen);
    }
    for (int closings = closes ? world.chance().between(1, 2) : 0; closings > 0; closings--) {
      world
          .agenda()
          .in(world.chance().between(Agenda.MILLISECOND, length), world.operator()::close);
    }
    world.disk().onOpen(CentralSide.SEALED_UNFINISHED, this::sealBegins);
    world.agenda().in(length + Agenda.SECOND, this::end);
  }

  private void end() {
    over = true;
    world.disk().restart();
    world.disk().makeRoom();
    world.change(Weather.FAIR);
    world.operator().troublesEnd();
  }

  private void happen() {
    switch (world.chance().below(rots ? 18 : 14)) {
      case 0 -> dieOf(true);
      case 1 -> dieOf(false);
      case 2 -> dieInACall();
      case 3 -> terminate();
      case 4, 5 -> failACall(20);
      case 6 -> fillDisk();
      case 7, 8 -> harmConnection();
      case 9, 10 -> killAgency();
      case 11 -> startSecondProgram();
      case 12 -> spoilFile();
      case 13 -> world.change(Weather.of(world.chance()));
      default -> letRot();
    }
  }

  private void dieOf(boolean machine) {
    if (world.central().isUp()) {
      world.note(machine ? Fault.POWER_LOSS : Fault.KILL);
      world.central().die(machine);
    }
  }

  private void dieInACall() {
    boolean machine = world.chance().oneIn(2);
    world.note(machine ? Fault.POWER_LOSS_IN_A_CALL : Fault.KILL_IN_A_CALL);
    world.disk().dieAtCall(world.chance().between(1, 12), machine);
  }

  private void terminate() {
    if (world.central().isUp()) {
      world.note(Fault.TERMINATION);
      world.central().terminate();
    }
  }

  private void failACall(int callsMax) {
    Disk.Call call = world.chance().of(CALLS);
    world.note(
        switch (call) {
          case READ -> Fault.READ_ERROR;
          case WRITE -> Fault.WRITE_ERROR;
          case SYNC -> Fault.SYNC_ERROR;
          case TRUNCATE -> Fault.TRUNCATE_ERROR;
        });
    String message = call == Disk.Call.SYNC && world.chance().oneIn(4) ? Disk.NO_ROOM : Disk.BROKEN;
    world.disk().fail(call, world.chance().between(1, callsMax), world.chance().oneIn(3), message);
  }

  private void fillDisk() {
    world.note(Fault.DISK_FULL);
    world.disk().limitTo(world.chance().below(3_000));
    long wait = world.chance().between(100 * Agenda.MILLISECOND, 5 * Agenda.SECOND);
    world.agenda().in(wait, world.disk()::makeRoom);
  }

  private void harmConnection() {
    List<Connection> connections =
        world.operator().programs().stream()
            .flatMap(program -> program.session().stream())
            .map(AgencySession::connection)
            .toList();
    if (connections.isEmpty()) {
      return;
    }
    Connection connection = world.chance().of(connections);
    switch (world.chance().below(4)) {
      case 0 -> {
        world.note(Fault.HALF_OPEN);
        connection.swallow(true, true);
      }
      case 1 -> {
        boolean toTheCentral = world.chance().oneIn(2);
        world.note(Fault.ONE_DIRECTION_LOST);
        connection.swallow(toTheCentral, !toTheCentral);
      }
      default -> {
        world.note(Fault.CUT);
        connection.cut();
      }
    }
  }

  private void killAgency() {
    List<AgencyProgram> programs = world.operator().programs();
    if (!programs.isEmpty()) {
      AgencyProgram program = world.chance().of(programs);
      boolean machine = world.chance().oneIn(2);
      world.note(machine ? Fault.AGENCY_LOST_POWER : Fault.AGENCY_KILLED);
      program.die(machine);
      world.operator().died(program);
    }
  }

  private void startSecondProgram() {
    world.note(Fault.SECOND_PROGRAM);
    world.operator().start(anyAgency());
  }

  private int anyAgency() {
    return world.chance().between(1, world.truth().agencies());
  }

  /** Somebody edits an agency's file, and runs the program again. */
  private void spoilFile() {
    int agency = anyAgency();
    AgencyFile file = world.truth().file(agency);
    if (file.bets().isEmpty()) {
      return;
    }
    if (world.chance().oneIn(2)) {
      world.note(Fault.BAD_ROW);
      file.spoil(world.chance().below(file.bets().size()));
    } else if (world.judge().acknowledged(agency) > 0 && !rots) {
      world.note(Fault.FILE_CHANGED);
      file.change();
    }
    world.operator().start(agency);
  }

  /** The central is down for a while, and meanwhile a bit of its disk turns over. */
  private void letRot() {
    List<String> names =
        Stream.of(CentralSide.JOURNAL, CentralSide.JOURNAL, CentralSide.SEALED)
            .filter(world.disk().names()::contains)
            .toList();
    if (!world.central().isUp() || names.isEmpty()) {
      return;
    }
    world.central().die(false);
    String name = world.chance().of(names);
    int size = world.disk().bytes(name).length;
    int from = world.chance().oneIn(4) ? 0 : Math.max(0, size - 400);
    Rot turned = new Rot(name, world.chance().between(from, size - 1), world.chance().below(8));
    world.transcript().note("a bit turns over: %s", turned);
    world.note(Fault.BIT_ROT);
    world.disk().flip(turned.name(), turned.offset(), turned.bit());
    world.judge().rotted();
    rot = Optional.of(turned);
  }

  /** Has the disk repaired, if a bit was turned over since it last was. */
  boolean mendRot() {
    if (rot.isEmpty()) {
      return false;
    }
    Rot turned = rot.get();
    world.disk().flip(turned.name(), turned.offset(), turned.bit());
    world.judge().rotMended();
    rot = Optional.empty();
    return true;
  }

  /** The central has started: it lives with the bit as it is. */
  void started() {
    rot = Optional.empty();
  }

  /** The central starts: what happens to it while it reads its journal? */
  void atStart() {
    if (over || !world.chance().oneIn(5)) {
      return;
    }
    if (world.chance().oneIn(2)) {
      dieInACall();
    } else {
      failACall(6);
    }
  }

  /** A closing is about to be stored: it is short, and few calls lie around it. */
  void whileClosing() {
    switch (world.chance().below(6)) {
      case 0 -> dieInACall();
      case 1 -> failACall(4);
      case 2 -> dieSoon();
      default -> {}
    }
  }

  private void dieSoon() {
    boolean machine = world.chance().oneIn(2);
    world
        .agenda()
        .in(
            world.chance().between(1L, 5 * Agenda.MILLISECOND),
            () -> {
              if (!over) {
                dieOf(machine);
              }
            });
  }

  /** The bets are about to be sealed: the way from there to the draw is short. */
  private void sealBegins() {
    sealsBegun++;
    if (sealsBegun == 2) {
      world.note(Reached.SEAL_RETRIED);
    }
    if (over || world.chance().oneIn(2)) {
      return;
    }
    switch (world.chance().below(3)) {
      case 0 -> dieInACall();
      case 1 -> failACall(4);
      default -> fillDisk();
    }
  }
}
