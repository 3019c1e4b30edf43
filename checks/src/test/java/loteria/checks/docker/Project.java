package loteria.checks.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;

/**
 * A clone of the project's last commit with the branches of the exercises laid, as a student has
 * it. What is not committed is not tested. Not thread-safe.
 *
 * @param root where the clone is
 */
record Project(Path root) {

  /** Clones into a new folder below {@code parent} and lays the branches. */
  static Project cloned(Path parent) {
    Project project = new Project(parent.resolve("loteria"));
    Command.of("git", "clone", "--quiet", Root.file(""), project.root).run().succeeded();
    project.run("git", "config", "user.name", "A Student");
    project.run("git", "config", "user.email", "student@example.org");
    project.run("make", "entrega");
    return project;
  }

  /** Switches to the branch of an exercise, forgetting what was configured and generated before. */
  Project exercise(int exercise) {
    run("git", "switch", "--quiet", "--discard-changes", "ej" + exercise);
    return this;
  }

  /** Generates {@code docker-compose-dev.yaml}, which Compose must find in order. */
  Project generate(int agencies, Object... options) {
    var _ =
        at("./generar-compose.sh", "docker-compose-dev.yaml", agencies)
            .and(options)
            .run()
            .succeeded();
    run("docker", "compose", "-f", "docker-compose-dev.yaml", "config", "--quiet");
    return this;
  }

  Project configure(Configuration configuration) throws IOException {
    configuration.write(root);
    return this;
  }

  /** Adds a line to the central's file. */
  Project serverSetting(String line) throws IOException {
    Files.writeString(root.resolve("server/config.ini"), line + "\n", StandardOpenOption.APPEND);
    return this;
  }

  /** Writes an agency's file. */
  Project data(int agency, List<String> rows) throws IOException {
    Files.writeString(
        root.resolve(".data/agency-" + agency + ".csv"), String.join("\r\n", rows) + "\r\n");
    return this;
  }

  /** Runs a command at the root of the clone, which must succeed. */
  Outcome run(Object... words) {
    return at(words).run().succeeded();
  }

  /** The echo check's only line. */
  String echoCheck() {
    return at("sh", "validar-echo-server.sh").run().output().strip();
  }

  /** A command at the root of the clone. */
  Command at(Object... words) {
    return Command.of(words).in(root).without("MAKEFLAGS").without("MAKELEVEL");
  }
}
