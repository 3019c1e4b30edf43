package loteria.checks.simulation.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Fault;
import loteria.checks.simulation.run.Reached;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.LogStyle;

/** The log of a central, which tells where it has come to; its clock jumps now and then. */
final class CentralLog extends OutputStream {
  private final World world;
  private final String central;

  private CentralLog(World world, String central) {
    this.world = world;
    this.central = central;
  }

  static LogLines of(World world, String central) {
    boolean jumps = world.chance.oneIn(10);
    if (jumps) {
      world.note(Fault.CLOCK_JUMPS);
    }
    InstantSource clock =
        () ->
            Instant.ofEpochMilli(
                jumps
                    ? world.chance.between(0L, 4_000_000_000_000L)
                    : world.agenda.now() / Agenda.MILLISECOND);
    return new LogLines(new CentralLog(world, central), LogStyle.CENTRAL, Level.INFO, clock);
  }

  @Override
  public void write(byte[] line, int from, int length) {
    String text = new String(line, from, length, UTF_8).strip();
    world.transcript.note("%s: %s", central, text);
    if (text.contains("action: truncate_journal ")) {
      world.note(Reached.TORN_TAIL);
    } else if (text.contains("action: store_bets ")) {
      world.note(Reached.STORAGE_FULL);
    }
  }

  @Override
  public void write(int one) {
    throw new AssertionError("a line is one write");
  }
}
