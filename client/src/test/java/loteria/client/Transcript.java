package loteria.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.LogStyle;

/** Keeps what an agency logs. */
final class Transcript {
  private static final Instant TIME = Instant.parse("2026-03-01T09:08:07Z");
  private static final String WRITTEN_TIME = "2026-03-01 09:08:07 ";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  /** A log of agency 3 that is kept here. */
  ClientLog log() {
    return new ClientLog(
        new LogLines(written, LogStyle.AGENCY, Level.DEBUG, InstantSource.fixed(TIME)), "3");
  }

  /** The lines so far, without their time. */
  List<String> lines() {
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> {
          if (!line.startsWith(WRITTEN_TIME)) {
            throw new AssertionError("a line without its time: " + line);
          }
          return line.substring(WRITTEN_TIME.length());
        })
        .toList();
  }
}
