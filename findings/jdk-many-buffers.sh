#!/usr/bin/env bash
# JDK 25 on Linux: a channel takes at most 1024 buffers at once, of a file as well, and leaves the others without a word.
#
# FileChannel.write(ByteBuffer[]) "behaves exactly as specified" by GatheringByteChannel: unless otherwise specified, it returns only
# after writing all bytes; and nothing else is specified for a file, nor for a blocking pipe. A file on a disk with room takes what
# it is given, so one would expect the whole, as from write(ByteBuffer). Seen: of 3000 buffers the first 1024 are written, the limit
# of one writev; reading, which may be short, has the same limit. Who appends records so must call it in a loop, as bench/ does.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cat >"$folder/Buffers.java" <<'END'
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

class Buffers {
  static ByteBuffer[] some(int count) {
    return Stream.generate(() -> ByteBuffer.allocateDirect(2)).limit(count).toArray(ByteBuffer[]::new);
  }

  public static void main(String[] arguments) throws Exception {
    Path path = Path.of(arguments[0]);
    for (int count : new int[] {1024, 1025, 3000}) {
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        System.out.printf("file, %d buffers of 2 bytes: written %d%n", count, file.write(some(count)));
      }
    }
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      System.out.printf("file, one buffer of 6000 bytes: written %d%n", file.write(ByteBuffer.allocateDirect(6000)));
    }
    try (FileChannel file = FileChannel.open(path)) {
      System.out.printf("file of 6000 bytes, 3000 buffers: read %d%n", file.read(some(3000)));
    }
    Pipe pipe = Pipe.open();
    System.out.printf("blocking pipe, 3000 buffers: written %d%n", pipe.sink().write(some(3000)));
  }
}
END
run Buffers "$folder/file" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
file, 1024 buffers of 2 bytes: written 2048
file, 1025 buffers of 2 bytes: written 2048
file, 3000 buffers of 2 bytes: written 2048
file, one buffer of 6000 bytes: written 6000
file of 6000 bytes, 3000 buffers: read 2048
blocking pipe, 3000 buffers: written 2048
END
