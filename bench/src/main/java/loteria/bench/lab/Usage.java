package loteria.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has spent so far, as Linux counts it (proc(5)).
 *
 * @param cpuSeconds in user and kernel mode, of all its threads
 * @param residentBytesMax of memory, ever
 * @param writtenBytes that it caused to be written to a disk
 */
public record Usage(double cpuSeconds, long residentBytesMax, long writtenBytes) {
  /** The unit of times in stat: sysconf(_SC_CLK_TCK), which is 100 on every Linux of today. */
  private static final double TICKS_A_SECOND = 100;

  private static final int USER_TICKS = 11;
  private static final int KERNEL_TICKS = 12;

  public static Usage of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(process.resolve("stat"));
    // The name before may hold anything, blanks and parentheses too.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    List<String> status = Files.readAllLines(process.resolve("status"));
    List<String> io = Files.readAllLines(process.resolve("io"));
    return new Usage(
        (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[KERNEL_TICKS]))
            / TICKS_A_SECOND,
        number(status, "VmHWM:") * 1024,
        number(io, "write_bytes:"));
  }

  private static long number(List<String> lines, String key) throws IOException {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IOException("no " + key + " in /proc"));
  }
}
