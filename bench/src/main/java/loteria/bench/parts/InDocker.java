package loteria.bench.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import loteria.bench.lab.Lab;

/** A central and five agencies in containers, as {@code make docker-compose-up} starts them. */
record InDocker(Lab lab) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /** Compose takes the paths in it from where it lies. */
  private static final String FILE = "docker-compose-bench.yaml";

  private static final String COMPOSE = "docker compose -f " + FILE;
  private static final String AGENCIES = "client1 client2 client3 client4 client5";

  /** Whether there is an engine. */
  static boolean isThere(Lab lab) {
    try {
      shell(lab, "docker info");
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Has the images, the data and the compose file made. */
  static InDocker prepare(Lab lab) throws IOException {
    shell(lab, "make data docker-image");
    shell(lab, "./generar-compose.sh " + FILE + " 5");
    return new InDocker(lab);
  }

  /** From {@code up} until the last agency has ended with its winners. */
  double seconds() throws IOException {
    try {
      long start = System.nanoTime();
      shell(lab, COMPOSE + " up -d");
      shell(lab, "test \"$(docker wait " + AGENCIES + " | sort -u)\" = 0");
      return (System.nanoTime() - start) / 1e9;
    } finally {
      shell(lab, COMPOSE + " down -t 2");
    }
  }

  private static void shell(Lab lab, String command) throws IOException {
    double _ = lab.run(PATIENCE, "sh", "-c", command);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(Path.of(FILE));
  }
}
