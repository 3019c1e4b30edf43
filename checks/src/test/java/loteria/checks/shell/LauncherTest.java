package loteria.checks.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher {@code loteria}, with a Java that prints the words it is given. */
final class LauncherTest {

  @TempDir Path folder;

  private Path laid() throws IOException {
    Path root = folder.resolve("a root");
    Root.copy(root, "loteria", "bin/jdk", "bin/aot");
    Files.createDirectories(root.resolve("dist/lib"));
    Files.createFile(root.resolve("dist/lib/loteria.tool.jar"));
    return root;
  }

  private Path home() throws IOException {
    Path home = folder.resolve("home");
    Root.program(home.resolve("bin/java"), "for word; do echo \"$word\"; done; exit 7");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25\"\n");
    return home;
  }

  /** Lays a cache for the jars as they are now. */
  private Path cache(Path root, String program) throws IOException {
    Object[] words = {root.resolve("bin/aot"), "name", home(), root.resolve("dist"), program};
    Path cache = Path.of(Command.of(words).in(folder).run().output().strip());
    Files.createDirectories(cache.resolveSibling("."));
    return Files.createFile(cache);
  }

  private Outcome launch(Path launcher, String... arguments) throws IOException {
    Path home = home();
    return Command.of(launcher)
        .and((Object[]) arguments)
        .in(folder)
        .with("JAVA25_HOME", home)
        .run();
  }

  @ParameterizedTest
  @CsvSource({
    "central,loteria.server.Main,server/Dockerfile",
    "agency,loteria.client.Main,client/Dockerfile"
  })
  void runsADaemonAsItsImageDoes(String name, String main, String dockerfile) throws IOException {
    Path root = laid();
    Path cache = cache(root, name);
    Outcome outcome = launch(root.resolve("loteria"), name, "--flag", "a value");
    List<String> expected =
        Stream.concat(entryPoint(dockerfile), Stream.of("--flag", "a value"))
            .map(word -> word.replace("/loteria/dist/lib", root + "/dist/lib"))
            .map(word -> word.replace("/loteria/" + name + ".aot", cache.toString()))
            .toList();
    assertThat(outcome.output().lines()).containsExactlyElementsOf(expected).contains(main);
    assertThat(outcome.exit()).as("the exit of the program itself").isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"central", "agency"})
  void mapsTheArchivesOfClassesWhereTheyWereMadeFor(String name) throws IOException {
    assertThat(java(name, "-XX:+PrintFlagsFinal", "-version").output().lines())
        .filteredOn(line -> line.contains(" ArchiveRelocationMode "))
        .singleElement()
        .asString()
        .containsPattern("= 0 .*\\{command line}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"central", "agency"})
  void startsWithAJavaThatDoesNotKnowAnOption(String name) throws IOException {
    assertThat(java(name, "-XX:NoSuchOptionOfThatJava=0", "-version").exit()).isZero();
  }

  /** The Java of this test with the launcher's options for it, and then these. */
  private Outcome java(String name, String... more) throws IOException {
    Object[] options =
        launch(laid().resolve("loteria"), name)
            .output()
            .lines()
            .filter(word -> word.startsWith("-XX:") || word.startsWith("-D"))
            .toArray();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return Command.of(java).and(options).and((Object[]) more).in(folder).run();
  }

  @Test
  void theCacheIsMadeOfTheJarsOfTheLauncher() throws IOException {
    assertThat(jars("bin/aot")).hasSizeGreaterThan(5).isEqualTo(jars("loteria"));
  }

  private static List<String> jars(String script) throws IOException {
    String text = Files.readString(Root.file(script)).replace("\\\n", " ");
    Matcher list = Pattern.compile("for jar in ([^;]*);").matcher(text);
    assertThat(list.find()).as(script).isTrue();
    return List.of(list.group(1).strip().split(" +"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"central", "agency"})
  void usesNoCacheOfOtherJars(String name) throws IOException {
    Path root = laid();
    Path cache = cache(root, name);
    assertThat(launch(root.resolve("loteria"), name).output()).contains(cache.toString());

    Files.writeString(root.resolve("dist/lib/loteria.tool.jar"), "another jar");

    assertThat(launch(root.resolve("loteria"), name).output()).doesNotContain("AOTCache");
  }

  private static Stream<String> entryPoint(String dockerfile) throws IOException {
    String text = Files.readString(Root.file(dockerfile));
    int start = text.indexOf("ENTRYPOINT");
    String list = text.substring(start, text.indexOf(']', start));
    return Pattern.compile("\"([^\"]+)\"").matcher(list).results().map(it -> it.group(1)).skip(1);
  }

  @Test
  void handsAnythingElseToTheTool() throws IOException {
    Outcome outcome = launch(laid().resolve("loteria"), "generate", "--seed", "1");
    assertThat(outcome.output()).endsWith("loteria.tool.Main\ngenerate\n--seed\n1\n");
    assertThat(launch(folder.resolve("a root/loteria")).output()).endsWith("loteria.tool.Main\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'central',,false",
    "'central --kafka one:9092',,true",
    "'central --agencies 5 --kafka=one:9092',,true",
    "'central --kafka-name one',,false",
    "'central',one:9092,true",
    "'agency --id 1',one:9092,false",
    "'kafka prepare',,true",
    "'status kafka, kafka:1',one:9092,false",
    "'status central:1',,false",
    "'verify --kafka one:9092',,true",
  })
  void hasKafkasClientOnTheClassPathOfThoseWhoNeedIt(
      String line, @Nullable String variable, boolean has) throws IOException {
    Path root = laid();
    Command command =
        Command.of(root.resolve("loteria"))
            .and((Object[]) line.split(" "))
            .in(folder)
            .with("JAVA25_HOME", home());
    if (variable != null) {
      command = command.with("LOTERIA_KAFKA", variable);
    }
    String paths =
        command.run().output().lines().filter(it -> it.contains("/dist/lib/")).toList().getFirst();
    assertThat(paths.endsWith(":" + root.toRealPath() + "/dist/lib/kafka/*")).isEqualTo(has);
    assertThat(paths.contains("kafka/")).isEqualTo(has);
  }

  @Test
  void findsItsFolderThroughALink() throws IOException {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, laid().resolve("loteria"));
    assertThat(launch(link, "run").output())
        .contains(folder.toRealPath().resolve("a root/dist/lib/*") + "\n");
  }

  @Test
  void saysWhatToDoBeforeItIsBuilt() throws IOException {
    Root.copy(folder, "loteria", "bin/jdk");
    Outcome outcome = launch(folder.resolve("loteria"), "run");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).hasLineCount(1).contains("make build");
  }

  @Test
  void theImagesShareAllButTheirEntryPoint() throws IOException {
    assertThat(stages("server/Dockerfile")).isEqualTo(stages("client/Dockerfile"));
  }

  private static List<String> stages(String dockerfile) throws IOException {
    return Files.readAllLines(Root.file(dockerfile)).stream()
        .skip(1)
        .takeWhile(line -> !line.startsWith("ENTRYPOINT"))
        .toList();
  }

  @Test
  void theImagesAreBuiltFromEveryModule() throws IOException {
    String pom = Files.readString(Root.file("pom.xml"));
    assertThat(Pattern.compile("<module>(.+)</module>").matcher(pom).results())
        .isNotEmpty()
        .allSatisfy(it ->
            assertThat(Files.readAllLines(Root.file(".dockerignore"))).contains("!" + it.group(1)));
  }
}
