package loteria.checks.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/jdk}, on homes that are no more than their release file and programs of one line. */
final class JdkTest {

  @TempDir Path folder;

  private static Command jdk(Object... arguments) {
    return Command.of(Root.file("bin/jdk"))
        .and(arguments)
        .without("JAVA25_HOME")
        .without("JAVA_HOME");
  }

  private Path home(String name, String release) throws IOException {
    Path home = folder.resolve(name);
    Root.program(home.resolve("bin/java"), "exit 1");
    Root.program(home.resolve("bin/javac"), "exit 1");
    Files.writeString(home.resolve("release"), release);
    return home;
  }

  private static void assertPrints(Outcome outcome, Path home) {
    assertThat(outcome.output()).isEqualTo(home + "\n");
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.exit()).isZero();
  }

  @Test
  void takesTheOneThatItIsPointedTo() throws IOException {
    Path mine = home("mine and only mine", "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"25.0.3\"\n");
    Path other = home("other", "JAVA_VERSION=\"25\"\n");
    assertPrints(jdk().with("JAVA25_HOME", mine).with("JAVA_HOME", other).run(), mine);
  }

  @ParameterizedTest
  @CsvSource({"--compiler,no JDK 25", "'',no Java 25"})
  void refusesToBePointedToAnythingElse(String option, String reason) throws IOException {
    Path old = home("old", "JAVA_VERSION=\"17.0.15\"\n");
    Command command = option.isEmpty() ? jdk() : jdk(option);
    Outcome outcome = command.with("JAVA25_HOME", old).run();
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).hasLineCount(1).contains("JAVA25_HOME is " + old, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"25", "25.0.3", "25-ea", "25+36"})
  void takesJavaHomeWhenItIsOne(String version) throws IOException {
    Path home = home("home", "JAVA_VERSION=\"" + version + "\"\n");
    assertPrints(jdk().with("JAVA_HOME", home).run(), home);
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.15", "2.5", "250", "1.8.0_25", "24.0.25"})
  void passesOverJavaHomeWhenItIsNone(String version) throws IOException {
    Path older = home("older", "JAVA_VERSION=\"" + version + "\"\n");
    Path onPath = home("on path", "JAVA_VERSION=\"25.0.1\"\n");
    Outcome outcome = jdk().with("JAVA_HOME", older).with("PATH", pathWith(onPath)).run();
    assertPrints(outcome, onPath);
  }

  @Test
  void followsLinksOnThePath() throws IOException {
    Path home = home("home", "JAVA_VERSION=\"25.0.1\"\n");
    Path links = Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("java"), home.resolve("bin/java"));
    Outcome outcome = jdk().with("PATH", links + ":" + System.getenv("PATH")).run();
    assertPrints(outcome, home.toRealPath());
  }

  @Test
  void asksALauncherOnThePathWhereItsHomeIs() throws IOException {
    Path home = home("home", "JAVA_VERSION=\"25.0.1\"\n");
    Root.program(folder.resolve("shims/java"), "echo '    java.home = " + home + "' >&2");
    Outcome outcome =
        jdk().with("PATH", folder.resolve("shims") + ":" + System.getenv("PATH")).run();
    assertPrints(outcome, home);
  }

  @Test
  void asksTheProgramItselfWhereTheReleaseFileSaysNothing() throws IOException {
    Path home = home("home", "");
    Root.program(home.resolve("bin/java"), "echo 'openjdk version \"25.0.2\" 2026-01-20' >&2");
    assertPrints(jdk().with("JAVA_HOME", home).run(), home);
  }

  /** An agency's start waits for it. With /bin/java, an empty JAVA_HOME was one in "/". */
  @Test
  void runsNoJavaWhereReleaseFilesTell() throws IOException {
    Path home = home("home", "JAVA_VERSION=\"25.0.1\"\n");
    Outcome outcome =
        Command.of("sh", "-x", Root.file("bin/jdk"))
            .without("JAVA25_HOME")
            .without("JAVA_HOME")
            .with("PATH", pathWith(home))
            .run();
    assertThat(outcome.output()).isEqualTo(home + "\n");
    assertThat(outcome.errors()).isNotEmpty().doesNotContain("-version");
  }

  @Test
  void wantsACompilerOnlyWhenAskedTo() throws IOException {
    Path runtime = home("runtime", "JAVA_VERSION=\"25.0.1\"\n");
    Files.delete(runtime.resolve("bin/javac"));
    Path whole = home("whole", "JAVA_VERSION=\"25.0.1\"\n");
    assertPrints(jdk().with("JAVA_HOME", runtime).with("PATH", pathWith(whole)).run(), runtime);
    assertPrints(
        jdk("--compiler").with("JAVA_HOME", runtime).with("PATH", pathWith(whole)).run(), whole);
  }

  @Test
  void refusesAnyOtherArgument() {
    assertThat(jdk("--help").run().exit()).isEqualTo(2);
  }

  private static String pathWith(Path home) {
    return home.resolve("bin") + ":" + System.getenv("PATH");
  }
}
