package loteria.checks.source.offending;

final class EndsTheProgram {
  private EndsTheProgram() {}

  static void ends(int code) {
    if (code == 0) {
      System.exit(code);
    }
    Runtime.getRuntime().halt(code);
  }
}
