#!/usr/bin/env bash
# Linux 6.16 and later, ext4: /proc/PID/io counts a megabyte for an append of 8 kB, of which the disk writes 8 kB.
#
# A file is filled with zeros and synced. Then 8 kB at a time are written over them, each with an fdatasync: what a log does that
# keeps space ahead of itself. ext4 caches large folios since 6.16, as large as the write that made them. Each append makes its
# folio dirty, and write_bytes of /proc/PID/io, "bytes sent to the storage layer", counts the folio, while the disk is sent the
# blocks that were written. After zeros that were written page by page, both say the same. So who compares the write
# amplification of two programs, or limits a program, by that figure compares how they filled their caches.
# Seen on Linux 6.18.44: write_bytes 1,048,576 and 8,192 an append; the disk some 8,300 both times, in the same time.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [[ $(stat -f -c %T "$folder") != ext2/ext3 ]] || ! printf '6.16\n%s\n' "$(uname -r)" | sort -CV; then
  echo "linux-io-folios: skipped: $folder is not on ext4, or Linux is older than 6.16" >&2
  exit 0
fi

cat >"$folder/Appends.java" <<'END'
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

class Appends {
  static final int APPENDS = 100;
  static final int APPEND_BYTES = 8 << 10;
  static final int FILE_BYTES = 8 << 20;

  public static void main(String[] arguments) throws IOException {
    for (int write : new int[] {1 << 20, 4 << 10}) {
      Path file = Path.of(arguments[0], "zeros-" + write);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (int at = 0; at < FILE_BYTES; at += write) {
          channel.write(ByteBuffer.allocateDirect(write), at);
        }
        channel.force(true);
        byte[] record = new byte[APPEND_BYTES];
        Arrays.fill(record, (byte) 'x');
        ByteBuffer append = ByteBuffer.allocateDirect(APPEND_BYTES).put(record);
        long device = device(arguments[1]);
        long task = task();
        for (int i = 0; i < APPENDS; i++) {
          channel.write(append.flip(), (long) i * APPEND_BYTES);
          channel.force(false);
        }
        task = task() - task;
        device = device(arguments[1]) - device;
        // Others write to the disk, too: it need not be exact.
        System.out.println("zeros in writes of " + write + ": write_bytes of an append " + task / APPENDS
            + ", the disk writes less than 100000: " + (device / APPENDS < 100_000));
      }
    }
  }

  /** Bytes that this process has sent to the storage layer, by /proc. */
  static long task() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/io"))) {
      if (line.startsWith("write_bytes: ")) {
        return Long.parseLong(line.substring("write_bytes: ".length()));
      }
    }
    throw new IOException("no write_bytes");
  }

  /** Bytes written to the device since the start: the seventh number, in sectors. */
  static long device(String stat) throws IOException {
    return Long.parseLong(Files.readString(Path.of(stat)).trim().split("\\s+")[6]) * 512;
  }
}
END
device=$(printf '/sys/dev/block/%d:%d/stat' "$((0x$(stat -c %D "$folder") >> 8))" "$((0x$(stat -c %D "$folder") & 255))")
run Appends "$folder" "$device" >"$folder/seen"
seen "$folder/seen" <<'END'
zeros in writes of 1048576: write_bytes of an append 1048576, the disk writes less than 100000: true
zeros in writes of 4096: write_bytes of an append 8192, the disk writes less than 100000: true
END
