package loteria.checks.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import loteria.runtime.Level;
import loteria.runtime.LogLines;
import loteria.runtime.LogStyle;

/** The central's log, which tells where it has come to; its clock jumps now and then. */
final class CentralLog extends OutputStream {
  private final World world;

  private CentralLog(World world) {
    this.world = world;
  }

  static LogLines of(World world) {
    boolean jumps = world.chance().oneIn(10);
    if (jumps) {
      world.note(Fault.CLOCK_JUMPS);
    }
    InstantSource clock =
        () ->
            Instant.ofEpochMilli(
                jumps
                    ? world.chance().between(0L, 4_000_000_000_000L)
                    : world.agenda().now() / Agenda.MILLISECOND);
    return new LogLines(new CentralLog(world), LogStyle.CENTRAL, Level.INFO, clock);
  }

  @Override
  public void write(byte[] line, int from, int length) {
    String text = new String(line, from, length, UTF_8).strip();
    world.transcript().note("central: %s", text);
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
