package loteria.checks.torture.machine;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a central is started, beyond its own command line. Immutable.
 *
 * @param wrapper words before the command, of a program that becomes it
 * @param javaOptions options of its virtual machine
 * @param environment all that is in its environment
 */
public record Launch(
    List<String> wrapper, List<String> javaOptions, Map<String, String> environment) {
  public static Launch by(String... wrapper) {
    return new Launch(List.of(wrapper), List.of(), Map.of());
  }

  public static Launch on(TroubledDisk disk) {
    return in(disk.environment());
  }

  public static Launch withHeapOf(int megabytes) {
    return new Launch(
        List.of(), List.of("-Xmx" + megabytes + "m", "-XX:+ExitOnOutOfMemoryError"), Map.of());
  }

  public static Launch in(Map<String, String> environment) {
    return new Launch(List.of(), List.of(), environment);
  }

  /** The same on a disk in trouble. */
  public Launch andOn(TroubledDisk disk) {
    return new Launch(wrapper, javaOptions, disk.environment());
  }

  /** The words to start a Java program that has these words. */
  public List<String> words(List<String> command) {
    return Stream.of(
            wrapper, command.subList(0, 1), javaOptions, command.subList(1, command.size()))
        .flatMap(List::stream)
        .toList();
  }
}
