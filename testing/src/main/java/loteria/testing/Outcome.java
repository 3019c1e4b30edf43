package loteria.testing;

/** How a command ended, and what it said. */
public record Outcome(String command, int exit, String output, String errors) {

  /** Itself, when the command succeeded; else fails the test with all that it said. */
  public Outcome succeeded() {
    if (exit != 0) {
      throw new AssertionError(this);
    }
    return this;
  }

  @Override
  public String toString() {
    return "%s%nexit %d%n%s%n%s".formatted(command, exit, output, errors);
  }
}
