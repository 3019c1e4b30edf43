package loteria.checks.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code validar-echo-server.sh} with a {@code docker} that notes how it is called, and where the
 * network should be, an {@code nc} that answers as it is told.
 */
final class ValidarEchoServerTest {

  @TempDir Path folder;

  @BeforeEach
  void copyTheScript() throws IOException {
    Root.copy(folder, "validar-echo-server.sh", "server/config.ini");
    Root.program(
        folder.resolve("bin/docker"),
        "echo \"$*\" >'" + folder + "/called'",
        "echo noise; echo noise >&2",
        "cd '" + folder + "'",
        "while [ \"$1\" != sh ]; do shift; done",
        "\"$@\"");
  }

  private Outcome check(String... netcat) throws IOException {
    Root.program(folder.resolve("bin/nc"), netcat);
    return Command.of("sh", folder.resolve("validar-echo-server.sh"))
        .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"))
        .in(Path.of("/"))
        .run();
  }

  private static void assertSays(Outcome outcome, String result, int exit) {
    assertThat(outcome.output()).isEqualTo("action: test_echo_server | result: " + result + "\n");
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.exit()).isEqualTo(exit);
  }

  @Test
  void succeedsWhenTheVeryLineComesBack() throws IOException {
    assertSays(check("cat"), "success", 0);
    assertThat(Files.readString(folder.resolve("called")))
        .startsWith("run --rm --network tp0_testing_net busybox:latest sh -c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "cat >/dev/null; echo other",
        "cat; echo",
        "cat; printf '\\0'",
        "tr -d '\\n'",
        "printf ' '; cat",
        "cat; yes",
        "cat >/dev/null; exit 1",
      })
  void failsWhenAnythingElseComesBack(String netcat) throws IOException {
    assertSays(check(netcat), "fail", 1);
  }

  @Test
  void failsWithoutDocker() throws IOException {
    Root.program(folder.resolve("bin/docker"), "exit 125");
    assertSays(check("cat"), "fail", 1);
  }

  @Test
  void neverSendsTheSameTwice() throws IOException {
    check("cat >'" + folder + "/first'");
    check("cat >'" + folder + "/second'");
    assertThat(Files.readString(folder.resolve("first")))
        .matches("[0-9a-f]{32}\n")
        .isNotEqualTo(Files.readString(folder.resolve("second")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[DEFAULT]\nSERVER_PORT = 4321\n",
        "[DEFAULT]\nserver_port=4321\n",
        "[DEFAULT]\r\nServer_Port: 4321 \r\n",
        "; a comment\n[DEFAULT]\n# SERVER_PORT = 1\nSERVER_PORT_OLD = 2\nSERVER_PORT\t=\t4321",
        "[DEFAULT]\n  SERVER_PORT = 4321\n  SERVER_IP = server\n",
        "\t[DEFAULT]\n\t# c\n\tSERVER_PORT: 4321\n",
        "[server]\nSERVER_PORT = 7\n[DEFAULT] tail\nSERVER_PORT = 4321\n",
        "[default]\nSERVER_PORT = 7\n[DEFAULT]\nSERVER_PORT = 4321\n",
      })
  void readsThePortAsTheCentralDoes(String configuration) throws IOException {
    Files.writeString(folder.resolve("server/config.ini"), configuration);
    assertSays(check("echo \"$*\" >'" + folder + "/asked'", "cat"), "success", 0);
    assertThat(folder.resolve("asked")).hasContent("-w 5 server 4321");
  }

  @Test
  void asksAtTheCentralsDefaultIfTheFileSaysNoPort() throws IOException {
    Files.writeString(folder.resolve("server/config.ini"), "[DEFAULT]\nSERVER_IP = server\n");
    assertSays(check("echo \"$*\" >'" + folder + "/asked'", "cat"), "success", 0);
    assertThat(folder.resolve("asked")).hasContent("-w 5 server 12345");
  }
}
