package loteria.checks.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code generar-compose.sh}, in a folder of its own, so that no branch's {@code .ejercicio}
 * counts.
 */
final class GenerarComposeTest {

  private static final String IMAGE_USER = "    user: \"10001:10001\"\n";

  @TempDir Path folder;

  @BeforeEach
  void copyTheScript() throws IOException {
    Root.copy(folder, "generar-compose.sh");
  }

  private Outcome generate(Object... arguments) {
    return Command.of("./generar-compose.sh").and(arguments).in(folder).run();
  }

  private String generated(Object... arguments) throws IOException {
    Path file = folder.resolve("generated.yaml");
    Outcome outcome =
        Command.of("./generar-compose.sh", file).and(arguments).in(folder).run().succeeded();
    assertThat(outcome.output() + outcome.errors()).isEmpty();
    return Files.readString(file);
  }

  private static String golden(String name) throws IOException {
    try (InputStream stream = GenerarComposeTest.class.getResourceAsStream(name)) {
      assertThat(stream).as(name).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,0", "1,2", "5,3", "8,2"})
  void writesTheGoldenFile(int exercise, int agencies) throws IOException {
    assertThat(generated(agencies, "--ejercicio", exercise))
        .isEqualTo(golden("compose-%d-%d.yaml".formatted(exercise, agencies)));
  }

  @Test
  void bindsTheDataDirectoryWhenItIsNamed() throws IOException {
    assertThat(generated(0, "--datos", "the \"data\" of $me"))
        .contains(
            "      - ./server/config.ini:/config.ini:ro\n"
                + "      - type: bind\n"
                + "        source: \"%s/the \\\"data\\\" of $$me\"\n".formatted(folder.toRealPath())
                + "        target: /datos\n");
    assertThat(folder.resolve("the \"data\" of $me")).isDirectory();
  }

  @Test
  void runsTheCentralAsWhoeverOwnsTheDataDirectory() throws IOException {
    Path datos = ownedByAUser(Files.createDirectory(folder.resolve("datos")));
    assertThat(generated(0, "--datos", datos)).contains(userLine(datos));
    assertThat(generated(0)).as("without one: as the image does").contains(IMAGE_USER);
  }

  @Test
  void givesADataDirectoryThatItMakesToSomebodyWhoIsNotRoot() throws IOException {
    String file = generated(0, "--datos", "new");
    assertThat(file).contains(userLine(folder.resolve("new"))).doesNotContain("user: \"0:");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8})
  void confinesEachContainer(int exercise) throws IOException {
    String confined =
        """
        *   user: "10001:10001"
        *   read_only: true
        *   cap_drop: [ALL]
        *   security_opt: ["no-new-privileges:true"]
        """
            .replace("*", " ");
    assertThat(generated(2, "--ejercicio", exercise).split(Pattern.quote(confined), -1)).hasSize(4);
  }

  @Test
  void refusesADataDirectoryOfRootWithTheLineThatMendsIt() throws IOException {
    assumeTrue(isRoot(), "only root has directories of root");
    Path datos = Files.createDirectory(folder.resolve("of root"));
    Outcome refused = generate("x.yaml", 0, "--datos", datos);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.errors()).contains("belongs to root").hasLineCount(1);
    assertThat(folder.resolve("x.yaml")).doesNotExist();
    runTheCommandOf(refused);
    assertThat(generated(0, "--datos", datos)).contains(IMAGE_USER);
  }

  private void runTheCommandOf(Outcome refused) {
    String command = refused.errors().replaceFirst("(?s).*: chown", "chown").strip();
    Outcome ignored = Command.of("sh", "-c", command).in(folder).run().succeeded();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** What root makes is given to a user, as nobody's container runs as root. */
  private static Path ownedByAUser(Path path) throws IOException {
    if (isRoot()) {
      Files.setAttribute(path, "unix:uid", 12345);
      Files.setAttribute(path, "unix:gid", 12345);
    }
    return path;
  }

  private static String userLine(Path directory) throws IOException {
    return "    user: \"%s:%s\"\n"
        .formatted(
            Files.getAttribute(directory, "unix:uid"), Files.getAttribute(directory, "unix:gid"));
  }

  @Test
  void publishesTheStatusToThisHostAloneWhenAPortIsNamed() throws IOException {
    String published =
        """
        *     - LOTERIA_STATUS=0.0.0.0:12380
        *   ports:
        *     - "127.0.0.1:9000:12380"
        """
            .replace("*", " ");
    assertThat(generated(2, "--estado", 9000))
        .contains(published)
        .satisfies(text -> assertThat(text.replace(published, "")).isEqualTo(generated(2)));
  }

  @Test
  void theFileAtTheRootIsTheOneForFiveAgencies() throws IOException {
    assertThat(Root.file("docker-compose-dev.yaml")).hasContent(generated(5));
  }

  @Test
  void takesTheExerciseFromTheOptionThenFromTheBranchThenTheLast() throws IOException {
    assertThat(generated(1)).startsWith("# Exercise 8,");
    Files.writeString(folder.resolve(".ejercicio"), "5\n");
    assertThat(generated(1)).startsWith("# Exercise 5,");
    assertThat(generated("--ejercicio=2", 1)).startsWith("# Exercise 2,");
  }

  @Test
  void refusesABranchThatStandsForNoExercise() throws IOException {
    Files.writeString(folder.resolve(".ejercicio"), "nine\n");
    Outcome outcome = generate("x.yaml", 1);
    assertThat(outcome.exit()).isEqualTo(78);
    assertThat(outcome.errors()).contains("says 'nine', allowed are 1 to 8").hasLineCount(1);
    assertThat(folder.resolve("x.yaml")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void theFirstExercisesRunEchoClientsWithoutData(int exercise) throws IOException {
    assertThat(generated(2, "--ejercicio", exercise))
        .contains("LOTERIA_TASK=echo")
        .doesNotContain("/.data")
        .doesNotContain("NOMBRE");
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8})
  void theLastExercisesUploadFromTheMountedFolder(int exercise) throws IOException {
    assertThat(generated(2, "--ejercicio", exercise))
        .contains("LOTERIA_TASK=upload", "- ./.data:/.data:ro");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8})
  void shadowsNoKeyOfTheMountedFiles(int exercise) throws IOException {
    assertThat(generated(3, "--ejercicio", exercise))
        .doesNotContain("SERVER_", "LOGGING_LEVEL", "CLI_LOG", "CLI_LOOP", "CLI_BATCH");
  }

  @Test
  void eachOfTheMostAgenciesBetsAsSomeoneElse() throws IOException {
    String file = generated(250, "--ejercicio", 5);
    List<String> documents = valuesOf(file, "DOCUMENTO");
    assertThat(documents).hasSize(250).doesNotHaveDuplicates().allMatch(it -> it.matches("\\d{8}"));
    assertThat(valuesOf(file, "NACIMIENTO"))
        .hasSize(250)
        .allSatisfy(it -> assertThat(LocalDate.parse(it)).hasToString(it));
    assertThat(valuesOf(file, "NUMERO"))
        .hasSize(250)
        .allSatisfy(it -> assertThat(Integer.parseInt(it)).isBetween(0, 9999));
    List<String> names = valuesOf(file, "NOMBRE");
    List<String> surnames = valuesOf(file, "APELLIDO");
    assertThat(IntStream.range(0, 100).mapToObj(i -> names.get(i) + surnames.get(i)))
        .doesNotHaveDuplicates();
  }

  private static List<String> valuesOf(String file, String variable) {
    return Pattern.compile("- " + variable + "=(.+)")
        .matcher(file)
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x.yaml",
        "x.yaml 1 2",
        "x.yaml -1",
        "x.yaml one",
        "x.yaml 01",
        "x.yaml 251",
        "x.yaml 99999999999999999999",
        "x.yaml 1 --ejercicio",
        "x.yaml 1 --ejercicio 0",
        "x.yaml 1 --ejercicio 9",
        "x.yaml 1 --datos",
        "x.yaml 1 --datos=",
        "x.yaml 1 --estado",
        "x.yaml 1 --estado 0",
        "x.yaml 1 --estado 65536",
        "x.yaml 1 --estado here",
        "x.yaml 1 --unknown",
        "x.yaml 1 --kafka --ejercicio 4",
        "x.yaml 1 --kafka --datos data",
        "x.yaml 1 --kafka --estado 65534",
        "x.yaml 241 --kafka",
        ". 1",
        "/dev/null 1",
        " 1",
      })
  void wrongArgumentsShowTheUsageAndLeaveTheFile(String arguments) throws IOException {
    Path file = folder.resolve("x.yaml");
    Files.writeString(file, "precious");
    Outcome outcome = generate((Object[]) arguments.split(" ", -1));
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).contains("usage: ./generar-compose.sh FILE N");
    assertThat(file).hasContent("precious");
    assertNothingIsLeftBesides("generar-compose.sh", "x.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "'', FILE and N are wanted",
    "x.yaml 1 2 3, an argument too many: '2'",
    "' 1', FILE is empty",
    ". 1, FILE is a folder: '.'",
    "x.yaml 1 --datos=, --datos wants a value",
    "x.yaml 1 --datos, --datos wants a value",
    "x.yaml 1 --dato=x, no such option: --dato=x",
  })
  void saysWhichArgumentIsWrong(String arguments, String why) {
    Object[] words = arguments.isEmpty() ? new Object[0] : arguments.split(" ", -1);
    Outcome outcome = generate(words);
    assertThat(outcome.errors().lines().findFirst()).contains("generar-compose.sh: " + why);
    assertThat(outcome.exit()).isEqualTo(2);
  }

  @Test
  void writesToNoFolderThatIsNotThere() throws IOException {
    Outcome outcome = generate("nowhere/x.yaml", 1, "--datos", "data");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.errors())
        .isEqualTo(
            "generar-compose.sh: 'nowhere/x.yaml' cannot be written: there is no folder"
                + " 'nowhere'\n");
    assertNothingIsLeftBesides("generar-compose.sh");
  }

  @Test
  void replacesAFileByAnOrdinaryOne() throws IOException {
    Files.writeString(folder.resolve("x.yaml"), "old");
    Outcome outcome =
        Command.of("sh", "-c", "umask 027; ./generar-compose.sh x.yaml 1").in(folder).run();
    outcome.succeeded();
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("x.yaml"))))
        .isEqualTo("rw-r-----");
    assertThat(folder.resolve("x.yaml")).content().contains("client1:").doesNotContain("client2:");
    assertNothingIsLeftBesides("generar-compose.sh", "x.yaml");
  }

  private void assertNothingIsLeftBesides(String... names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(it -> it.getFileName().toString())).containsExactlyInAnyOrder(names);
    }
  }

  @Test
  void mountsForEachProgramItsOwnKeyAloneWhenTlsIsAskedFor() throws IOException {
    Path certificates = Files.createDirectory(folder.resolve("certificates"));
    Outcome missing = generate("generated.yaml", 1, "--tls", certificates, "--datos", "made");
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.errors()).contains("there is no").contains("central.pem");
    assertThat(folder.resolve("generated.yaml")).doesNotExist();
    assertThat(folder.resolve("made")).doesNotExist();

    lay(certificates);
    String compose = generated(1, "--tls", certificates);
    String central = compose.substring(0, compose.indexOf("client1:"));
    String agency = compose.substring(compose.indexOf("client1:"));
    assertThat(central)
        .contains("- LOTERIA_TLS_KEY=/tls/own.key")
        .contains(certificates + "/central.key")
        .doesNotContain("agency-1");
    assertThat(agency)
        .contains("- LOTERIA_TLS_CERTIFICATE=/tls/own.pem")
        .contains(certificates + "/agency-1.key")
        .doesNotContain("central.key");
    assertThat(compose).contains("target: /tls/ca.pem").doesNotContain("ca.key");
  }

  private static void lay(Path certificates) throws IOException {
    for (String name :
        List.of("ca.pem", "central.pem", "central.key", "agency-1.pem", "agency-1.key")) {
      Path ignored = ownedByAUser(Files.createFile(certificates.resolve(name)));
    }
  }

  @Test
  void dataAndCertificatesGoTogetherAsTheOwnerOfTheKey() throws IOException {
    Path certificates = Files.createDirectory(folder.resolve("certificates"));
    lay(certificates);
    String file = generated(1, "--tls", certificates, "--datos", "made");
    assertThat(file.split(userLine(certificates.resolve("central.key")), -1)).hasSize(3);
    assertThat(userLine(folder.resolve("made")))
        .isEqualTo(userLine(certificates.resolve("central.key")));
  }

  @Test
  void refusesKeysOfRootAndDataOfAnotherUserWithTheLineThatMendsItAndLeavesNothing()
      throws IOException {
    assumeTrue(isRoot(), "only root can give files away");
    Path certificates = Files.createDirectory(folder.resolve("certificates"));
    lay(certificates);
    for (String name : List.of("central.key", "agency-1.key")) {
      Files.setAttribute(certificates.resolve(name), "unix:uid", 0);
      Files.setAttribute(certificates.resolve(name), "unix:gid", 0);
    }
    Outcome ofRoot = generate("x.yaml", 1, "--tls", certificates, "--datos", "made");
    assertThat(ofRoot.exit()).isEqualTo(1);
    assertThat(ofRoot.errors()).contains("belongs to root").hasLineCount(1);
    assertNothingIsLeftBesides("generar-compose.sh", "certificates");
    runTheCommandOf(ofRoot);

    Path datos = ownedByAUser(Files.createDirectory(folder.resolve("datos")));
    Outcome ofTwo = generate("x.yaml", 1, "--tls", certificates, "--datos", datos);
    assertThat(ofTwo.exit()).isEqualTo(1);
    assertThat(ofTwo.errors()).contains("belong to different users").hasLineCount(1);
    assertThat(folder.resolve("x.yaml")).doesNotExist();
    runTheCommandOf(ofTwo);
    assertThat(generated(1, "--tls", certificates, "--datos", datos)).contains(IMAGE_USER);
  }

  @Test
  void givesAwayAllOfRootByOneLineButWhatNoContainerNeeds() throws IOException {
    assumeTrue(isRoot(), "only root has files of root");
    Path certificates = Files.createDirectory(folder.resolve("its certificates"));
    List<String> needed =
        List.of("ca.pem", "central.pem", "central.key", "agency-1.pem", "agency-1.key");
    List<String> others = List.of("ca.key", "agency-2.pem", "agency-2.key");
    for (String name : Stream.concat(needed.stream(), others.stream()).toList()) {
      var _ = Files.createFile(certificates.resolve(name));
    }
    Path datos = Files.createDirectory(folder.resolve("datos"));
    Outcome refused = generate("x.yaml", 1, "--tls", certificates, "--datos", datos);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.errors()).contains("belong to root").hasLineCount(1);
    assertThat(folder.resolve("x.yaml")).doesNotExist();

    runTheCommandOf(refused);
    assertThat(generated(1, "--tls", certificates, "--datos", datos)).contains(IMAGE_USER);
    assertThat(needed)
        .allSatisfy(name -> assertThat(userLine(certificates.resolve(name))).isEqualTo(IMAGE_USER));
    assertThat(others)
        .allSatisfy(name -> assertThat(userLine(certificates.resolve(name))).contains("\"0:0\""));
  }

  @Test
  void givesKeysOfRootToTheOwnerOfTheData() throws IOException {
    assumeTrue(isRoot(), "only root has files of root");
    Path certificates = Files.createDirectory(folder.resolve("certificates"));
    for (String name :
        List.of("ca.pem", "central.pem", "central.key", "agency-1.pem", "agency-1.key")) {
      var _ = Files.createFile(certificates.resolve(name));
    }
    Path datos = ownedByAUser(Files.createDirectory(folder.resolve("datos")));
    runTheCommandOf(generate("x.yaml", 1, "--tls", certificates, "--datos", datos));
    assertThat(generated(1, "--tls", certificates, "--datos", datos).split(userLine(datos), -1))
        .as("the central and the agency")
        .hasSize(3);
  }

  @Test
  void threeCentralsShareALotteryOverThreeBrokersAndEachAgencyKnowsThemAll() throws IOException {
    String file = generated(2, "--kafka", "--estado", 9000);
    assertThat(servicesOf(file))
        .containsExactly(
            "kafka1", "kafka2", "kafka3", "topics", "server1", "server2", "server3", "client1",
            "client2");
    for (int n = 1; n <= 3; n++) {
      assertThat(service(file, "kafka" + n))
          .contains(
              "image: apache/kafka:4.4.0\n",
              "- KAFKA_NODE_ID=" + n + "\n",
              "- KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://kafka" + n + ":9092\n",
              "- KAFKA_CONTROLLER_QUORUM_VOTERS=1@kafka1:9093,2@kafka2:9093,3@kafka3:9093\n",
              "- KAFKA_AUTO_CREATE_TOPICS_ENABLE=false\n",
              "- KAFKA_LOG_FLUSH_INTERVAL_MESSAGES=1\n",
              "- KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR=3\n",
              "- KAFKA_TRANSACTION_STATE_LOG_MIN_ISR=2\n")
          .doesNotContain("ports:");
      assertThat(service(file, "server" + n))
          .contains(
              "entrypoint: [\"/loteria/loteria\", \"central\"]\n",
              "- LOTERIA_AGENCIES=2\n",
              "- LOTERIA_KAFKA=kafka1:9092,kafka2:9092,kafka3:9092\n",
              "- LOTERIA_KAFKA_NAME=loteria\n",
              "- LOTERIA_PEER_ADDRESS=server" + n + ":12346\n",
              "- \"127.0.0.1:" + (8999 + n) + ":12380\"\n",
              "topics:\n        condition: service_completed_successfully\n",
              IMAGE_USER);
      assertThat(service(file, "topics"))
          .contains("kafka" + n + ":\n        condition: service_healthy\n");
      assertThat(service(file, "client2"))
          .contains("server" + n + ":\n        condition: service_healthy\n")
          .contains("- CLI_SERVER_ADDRESS=server1:12345,server2:12345,server3:12345\n");
    }
    assertThat(service(file, "topics"))
        .contains("entrypoint: [\"/loteria/loteria\", \"kafka\"]")
        .contains(
            "[\"prepare\", \"--kafka\", \"kafka1:9092,kafka2:9092,kafka3:9092\", \"--name\","
                + " \"loteria\"]");
  }

  @Test
  void centralsThatShareALotteryHaveOneCertificate() throws IOException {
    Path certificates = Files.createDirectory(folder.resolve("certificates"));
    lay(certificates);
    String file = generated(1, "--kafka", "--tls", certificates);
    for (int n = 1; n <= 3; n++) {
      assertThat(service(file, "server" + n)).contains(certificates + "/central.key");
      assertThat(service(file, "kafka" + n)).doesNotContain("/tls");
    }
  }

  private static List<String> servicesOf(String file) {
    return Pattern.compile("(?m)^  (\\w+):$")
        .matcher(file.substring(0, file.indexOf("\nnetworks:")))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** The lines of one service. */
  private static String service(String file, String name) {
    Matcher found = Pattern.compile("(?m)^  " + name + ":\\n((?:    .*\\n)+)").matcher(file);
    assertThat(found.find()).as(name).isTrue();
    return found.group(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8})
  void agenciesRunLongEnoughForWhoFollowsTheirLogs(int exercise) throws IOException {
    assertThat(generated(2, "--ejercicio", exercise).split("- LOTERIA_MIN_RUN=3s\n", -1))
        .hasSize(3);
  }
}
