package loteria.runtime.log;

/** How the action of a log line went. */
public enum Result {
  SUCCESS("success"),
  IN_PROGRESS("in_progress"),
  FAIL("fail");

  private final String word;

  Result(String word) {
    this.word = word;
  }

  /** The word that a log line has. */
  @Override
  public String toString() {
    return word;
  }
}
