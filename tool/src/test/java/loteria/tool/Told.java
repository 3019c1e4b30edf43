package loteria.tool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * What a command said, and how it ended.
 *
 * @param out its standard output
 * @param err its standard error
 */
record Told(int code, String out, String err) {

  /** Runs the tool in this process. */
  static Told byLoteria(Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintWriter outWriter = new PrintWriter(out, true, StandardCharsets.UTF_8);
    PrintWriter errWriter = new PrintWriter(err, true, StandardCharsets.UTF_8);
    int code =
        new CommandLineOfLoteria(
                List.of(
                    new CertificatesCommand(outWriter),
                    new CheckCommand(outWriter, errWriter),
                    new VerifyCommand(outWriter),
                    new WinnersCommand(outWriter),
                    new DumpCommand(outWriter),
                    new CloseCommand(outWriter),
                    new DrawCommand(outWriter),
                    new StatusCommand(outWriter),
                    new ExportCommand(out, errWriter),
                    new KafkaCommand(outWriter, errWriter)),
                outWriter,
                errWriter)
            .execute(texts(words));
    return new Told(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs {@code tools/audit.py}; the test is skipped where there is no Python. */
  static Told byAudit(Object... words) throws IOException, InterruptedException {
    Assumptions.assumeTrue(hasPython(), "no python3 here");
    Path root = Path.of(System.getProperty("loteria.root", ".."));
    Path out = Files.createTempFile("audit", ".out");
    Path err = Files.createTempFile("audit", ".err");
    try {
      ProcessBuilder audit =
          new ProcessBuilder("python3", root.resolve("tools/audit.py").toString());
      audit.command().addAll(List.of(texts(words)));
      audit.redirectOutput(out.toFile()).redirectError(err.toFile());
      int code = waitFor(audit.start());
      return new Told(code, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return waitFor(new ProcessBuilder("python3", "-c", "").start()) == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static int waitFor(Process process) throws InterruptedException {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("python3 does not end within 60 s");
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String[] texts(Object... words) {
    return List.of(words).stream().map(Object::toString).toArray(String[]::new);
  }
}
