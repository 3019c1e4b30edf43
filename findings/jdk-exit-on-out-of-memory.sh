#!/usr/bin/env bash
# JDK 25: -XX:+ExitOnOutOfMemoryError does not exit for every OutOfMemoryError.
#
# The manual of java says that the JVM exits with the first error of this kind. Services are run with it so that they end and are
# started again, and do not go on with a thread less. Seen: it exits when the heap is exhausted, or an array is too large; not when the
# room for direct buffers is exhausted, native memory is refused, a thread cannot be started, or a text gets too long. Those errors are
# thrown without a look at the option: they can be caught, and end one thread. The same holds for HeapDumpOnOutOfMemoryError, so there
# is no dump of what holds the buffers. JDK-8318058 is about direct buffers, JDK-8155004 about threads.
# A central is started with the option, and halts for whatever its loop and its syncer throw, this included.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

unset JAVA_TOOL_OPTIONS
cat >"$folder/Memory.java" <<'END'
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

class Memory {
  static final int MEGABYTE = 1 << 20;
  static Object kept;

  public static void main(String[] arguments) {
    try {
      switch (arguments[0]) {
        case "heap" -> kept = new byte[512 * MEGABYTE];
        case "array" -> kept = new byte[Integer.MAX_VALUE];
        case "direct" -> kept = ByteBuffer.allocateDirect(8 * MEGABYTE);
        case "native" -> kept = Arena.global().allocate(1L << 50);
        case "thread" -> new Thread(null, () -> {}, "large", 1L << 46).start();
        case "text" -> kept = "1234".repeat(Integer.MAX_VALUE);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (OutOfMemoryError error) {
      System.out.println("  goes on after: " + error.getMessage());
    }
  }
}
END
"${java%java}javac" -d "$folder" "$folder/Memory.java"
cd "$folder"
for what in heap array direct native thread text; do
  echo "$what"
  status=0
  "$java" -Xmx64m -XX:MaxDirectMemorySize=4m -XX:+ExitOnOutOfMemoryError -XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath="$what" \
    -Xlog:disable -cp . Memory "$what" 2>&1 | grep -v -e '^java.lang' -e '^Dumping heap' -e '^Heap dump file' || status=${PIPESTATUS[0]}
  echo "  exit $status, $([[ -e $what ]] && echo 'a dump' || echo 'no dump')"
done >"$folder/out"
seen "$folder/out" <<'END'
heap
Terminating due to java.lang.OutOfMemoryError: Java heap space
  exit 3, a dump
array
Terminating due to java.lang.OutOfMemoryError: Requested array size exceeds VM limit
  exit 3, a dump
direct
  goes on after: Cannot reserve 8388608 bytes of direct buffer memory (allocated: 0, limit: 4194304)
  exit 0, no dump
native
  goes on after: Unable to allocate 1125899906842624 bytes
  exit 0, no dump
thread
  goes on after: unable to create native thread: possibly out of memory or process/resource limits reached
  exit 0, no dump
text
  goes on after: Required length exceeds implementation limit
  exit 0, no dump
END
