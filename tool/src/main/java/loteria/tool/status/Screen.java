package loteria.tool.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What the output is shown on.
 *
 * @param rows as many lines as fit, one left for the cursor
 * @param columns as many characters as fit in a line
 */
record Screen(int rows, int columns) {
  /** A pipe or a file, of which nothing is cut. */
  static final Screen NONE = new Screen(Integer.MAX_VALUE, Integer.MAX_VALUE);

  private static final Screen USUAL = new Screen(24 - 1, 80);

  boolean isTerminal() {
    return rows != Integer.MAX_VALUE;
  }

  Screen withoutARow() {
    return isTerminal() ? new Screen(Math.max(rows - 1, 1), columns) : this;
  }

  /** The line, or as much of it as fits. */
  String cut(String line) {
    return line.length() <= columns ? line : line.substring(0, columns - 1) + "…";
  }

  /** The terminal as it is now. Java cannot tell; stty asks the one that is the standard input. */
  static Screen terminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return stty.waitFor(1, TimeUnit.SECONDS) ? parse(said) : USUAL;
    } catch (IOException _) {
      return USUAL;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  /** What {@code stty size} says: rows, a blank, columns. */
  static Screen parse(String said) {
    if (!said.strip().matches("[1-9][0-9]{0,3} [1-9][0-9]{0,3}")) {
      return USUAL;
    }
    String[] size = said.strip().split(" ", 2);
    return new Screen(Math.max(Integer.parseInt(size[0]) - 1, 1), Integer.parseInt(size[1]));
  }
}
