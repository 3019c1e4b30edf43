package loteria.tool;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import loteria.tool.run.Programs;

/**
 * What a command said, and how it ended.
 *
 * @param out its standard output
 * @param err its standard error
 */
public record Told(int code, String out, String err) {

  /** Runs the tool in this process; a word may be an array of words. */
  public static Told byLoteria(Object... words) {
    return byLoteriaWith(Programs.installed(), words);
  }

  /** The same, with these programs behind its {@code run}. */
  public static Told byLoteriaWith(Programs programs, Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = run(programs, out, err, words);
    return new Told(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs the tool in this process, with what it says going there: its exit code. */
  public static int run(Programs programs, OutputStream out, OutputStream err, Object... words) {
    return Main.run(programs, out, err, texts(words));
  }

  /** As texts, with those of an array among the others. */
  private static String[] texts(Object... words) {
    return Stream.of(words)
        .flatMap(word -> word instanceof Object[] several ? Stream.of(several) : Stream.of(word))
        .map(Object::toString)
        .toArray(String[]::new);
  }

  /** Runs {@code tools/audit.py}; the test is skipped where there is no Python. */
  public static Told byAudit(Object... words) {
    Outcome audit = Command.python((Object[]) texts(Root.file("tools/audit.py"), words)).run();
    return new Told(audit.exit(), audit.output(), audit.errors());
  }
}
