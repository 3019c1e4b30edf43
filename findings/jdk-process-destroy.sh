#!/usr/bin/env bash
# JDK 25 on Linux: Process.destroy() also closes the streams of the process, so a program that says goodbye dies of it.
#
# destroy() sends SIGTERM, which a program may handle; its Javadoc says nothing of streams. One would expect that the program ends in
# order, and that its last lines can be read. Seen: our end of its output is closed at once. What it had said before and was not yet
# read is lost as well; and its next line meets a pipe without a reader: SIGPIPE kills it, and its exit status is 141, not its own.
# The handle of the same process sends the same signal, and leaves the streams alone. Programs of our tests are told to stop by
# toHandle().destroy(); those of `loteria run` write to files.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cat >"$folder/Stop.java" <<'END'
import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;

class Stop {
  static final String PROGRAM =
      "trap 'echo bye; exit 7' TERM; echo ready; echo waiting; echo >&2 begun; while :; do sleep 0.05; done";

  static void stop(String how, Consumer<Process> stop) throws Exception {
    Process program = new ProcessBuilder("sh", "-c", PROGRAM).start();
    BufferedReader errors = program.errorReader();
    errors.readLine(); // Both lines are in the pipe, then.
    stop.accept(program);
    System.out.print(how + ":");
    try (BufferedReader lines = program.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.print(" " + line + ",");
      }
    } catch (IOException closed) {
      System.out.print(" " + closed.getMessage() + ",");
    }
    System.out.println(" exit " + program.waitFor());
  }

  public static void main(String[] arguments) throws Exception {
    stop("toHandle().destroy()", program -> program.toHandle().destroy());
    stop("destroy()", Process::destroy);
  }
}
END
run Stop >"$folder/out" 2>&1
seen "$folder/out" <<'END'
toHandle().destroy(): ready, waiting, bye, exit 7
destroy(): Stream closed, exit 141
END
