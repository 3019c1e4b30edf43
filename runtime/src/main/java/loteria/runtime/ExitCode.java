package loteria.runtime;

/**
 * What a program's exit says to whoever started it. The higher ones are those of BSD's sysexits.
 */
public final class ExitCode {
  /** Done, or stopped in order. */
  public static final int DONE = 0;

  /** The work could not be done. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** The central could not be reached for as long as the agency was told to try. */
  public static final int UNREACHABLE = 69;

  /** The disk refused a write or a sync: nothing more is promised. */
  public static final int STORAGE_FAILED = 74;

  /**
   * Another central has taken over what this one owned: start it again, and it joins the others.
   */
  public static final int TAKEN_OVER = 75;

  /** Central and agency do not come to believe each other: docs/SECURITY.md. */
  public static final int UNTRUSTED = 77;

  /** A setting is missing, unknown or not allowed. */
  public static final int BAD_CONFIGURATION = 78;

  private ExitCode() {}
}
