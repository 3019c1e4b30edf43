package loteria.checks.docker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import loteria.testing.Command;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A test that needs a Docker engine; where none answers it is skipped. Such tests run one after the
 * other: names of containers and of the network are fixed by the assignment.
 */
@Tag("docker")
@EnabledIf(
    value = "loteria.checks.docker.OnDocker$Engine#answers",
    disabledReason = "no Docker engine: 'docker info' fails")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnDocker {

  /** The Docker engine of this machine. */
  final class Engine {

    private Engine() {}

    static boolean answers() {
      return Command.of("sh", "-c", "docker info").run().exit() == 0;
    }
  }
}
