package loteria.checks.docker;

import loteria.testing.Command;

/** A container that is none of the lottery's, on its network until it leaves. */
final class Guest {

  private final String container;

  private Guest(String container) {
    this.container = container;
  }

  /** Stands in for the central: answers each connection by what a shell does with it. */
  static Guest inPlaceOfTheServer(int port, String answer) {
    return comes(
        "--name", "server", "busybox:latest", "nc", "-ll", "-p", port, "-e", "sh", "-c", answer);
  }

  /** Connects to the central, says something that it never ends, and stays. */
  static Guest thatStaysAfter(String words) {
    String talk =
        "{ printf '" + words + "'; sleep 600; } | nc server " + Configuration.USUAL.port();
    return comes("busybox:latest", "sh", "-c", talk);
  }

  private static Guest comes(Object... words) {
    Command guest = Command.of("docker", "run", "--detach", "--network", "tp0_testing_net");
    return new Guest(guest.and(words).run().succeeded().output().strip());
  }

  void leave() {
    Command.of("docker", "rm", "--force", container).run().succeeded();
  }
}
