package loteria.checks.torture.network;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import loteria.checks.torture.machine.Machine;
import loteria.testing.Command;
import loteria.testing.Outcome;

/**
 * A network of its own for some programs, joined to the machine's by a cable that can be cut: then
 * packets vanish, and neither side is told. Needs root; what was laid is gone when it is closed.
 * For one thread.
 */
final class NetworkNamespace implements AutoCloseable {
  /** Of RFC 2544, for measuring devices: no host has such an address. */
  private static final String HOST = "198.18.213.1";

  private static final String INSIDE = "198.18.213.2";
  private static final String CABLE = "loteria-cable";

  private final String name = "loteria-" + ProcessHandle.current().pid();

  private NetworkNamespace() {}

  static NetworkNamespace open() throws IOException {
    NetworkNamespace namespace = new NetworkNamespace();
    run("ip", "netns", "add", namespace.name);
    try {
      namespace.lay();
      return namespace;
    } catch (IOException failed) {
      try {
        namespace.close();
      } catch (IOException alsoFailed) {
        failed.addSuppressed(alsoFailed);
      }
      throw failed;
    }
  }

  /** Why there can be none on this machine; empty if there can. */
  static Optional<String> unavailable() {
    Optional<String> lacking = Machine.lacks("ip", "iptables");
    if (lacking.isPresent()) {
      return lacking;
    }
    try (NetworkNamespace namespace = open()) {
      namespace.cut();
      return Optional.empty();
    } catch (IOException failed) {
      return Optional.of("no network namespace: " + failed.getMessage());
    }
  }

  private void lay() throws IOException {
    run("ip", "link", "add", CABLE, "type", "veth", "peer", "name", "inside", "netns", name);
    run("ip", "address", "add", HOST + "/30", "dev", CABLE);
    run("ip", "link", "set", CABLE, "up");
    run("ip", "-n", name, "address", "add", INSIDE + "/30", "dev", "inside");
    run("ip", "-n", name, "link", "set", "inside", "up");
  }

  /** The machine's address, as those inside see it. */
  String host() {
    return HOST;
  }

  /** The command line that runs another one inside. */
  List<String> inside(List<String> command) {
    return Stream.concat(Stream.of("ip", "netns", "exec", name), command.stream()).toList();
  }

  /** From now on each packet vanishes, either way. */
  void cut() throws IOException {
    for (String chain : List.of("INPUT", "OUTPUT")) {
      run("ip", "netns", "exec", name, "iptables", "-A", chain, "-j", "DROP");
    }
  }

  void mend() throws IOException {
    run("ip", "netns", "exec", name, "iptables", "-F");
  }

  /** The namespace would take its end of the cable along, but later. */
  @Override
  public void close() throws IOException {
    try {
      run("ip", "link", "delete", CABLE);
    } finally {
      run("ip", "netns", "delete", name);
    }
  }

  private static void run(Object... command) throws IOException {
    Outcome outcome = Command.of(command).run();
    if (outcome.exit() != 0) {
      String said = (outcome.output() + outcome.errors()).strip();
      throw new IOException("%s: %s".formatted(outcome.command(), said));
    }
  }
}
