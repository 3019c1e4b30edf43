package loteria.tool.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import loteria.journal.FileStorage;
import loteria.journal.Journal;
import loteria.lottery.Checksum;
import loteria.lottery.ClosingReason;
import loteria.lottery.Csv;
import loteria.lottery.Seal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.protocol.Rows;

/**
 * A lottery as a data directory has it, made entry by entry and row by row without a central, so
 * that a test can have it say anything, with checksums that hold.
 */
public final class MadeLottery {
  static final int NUMBER = 7574;
  static final Instant SEALED_AT = Instant.parse("2026-01-02T03:04:05.678Z");
  static final Instant DRAWN_AT = Instant.parse("2026-01-02T03:04:06Z");

  /** What the journal is to say; a test may change it before {@link #lay}. */
  final List<Message.Entry> entries = new ArrayList<>();

  /** The rows of bets.csv without their ends; a file is laid if there are any. */
  final List<String> rows = new ArrayList<>();

  private final Path directory;
  private final List<Long> offsets = new ArrayList<>();

  private MadeLottery(Path directory) {
    this.directory = directory;
  }

  /** Nothing yet. */
  static MadeLottery fresh(Path directory) {
    return new MadeLottery(directory);
  }

  /** Three agencies, of which the second has said nothing and none has finished. */
  public static MadeLottery receiving(Path directory) {
    MadeLottery made = fresh(directory);
    made.entries.add(batch(1, 0, bet(1, "Ana", "11", NUMBER), bet(1, "Bruno", "0012", 1)));
    made.entries.add(batch(3, 0, bet(3, "Carla \"La, Mora\"", "31", 75)));
    made.entries.add(batch(1, 2, bet(1, "Darío", "13", 7573), bet(1, "Ana", "11", NUMBER)));
    made.entries.add(batch(3, 1, bet(3, "Élida", "32", NUMBER)));
    return made;
  }

  /** The same when all have finished. */
  static MadeLottery finished(Path directory) {
    MadeLottery made = receiving(directory);
    made.entries.add(made.finish(3));
    made.entries.add(made.finish(2));
    made.entries.add(made.finish(1));
    return made;
  }

  /** The same, sealed. */
  public static MadeLottery sealed(Path directory) {
    MadeLottery made = finished(directory);
    made.rows.addAll(
        List.of(
            "1,Ana,Paz,11,1990-02-28,7574",
            "1,Bruno,Paz,0012,1990-02-28,1",
            "1,Darío,Paz,13,1990-02-28,7573",
            "1,Ana,Paz,11,1990-02-28,7574",
            "3,\"Carla \"\"La, Mora\"\"\",Paz,31,1990-02-28,75",
            "3,Élida,Paz,32,1990-02-28,7574"));
    made.entries.add(made.seal());
    return made;
  }

  /** The same, and the draw was held: agency 1 has two winning bets, agency 3 one. */
  public static MadeLottery drawn(Path directory) {
    MadeLottery made = sealed(directory);
    made.entries.add(draw(NUMBER, 3));
    return made;
  }

  /** The same, if agencies 2 and 3 were closed instead of having finished. */
  static MadeLottery drawnWithoutTwo(Path directory) {
    MadeLottery made = drawn(directory);
    made.entries.set(4, made.close(3));
    made.entries.set(5, made.close(2));
    made.entries.set(7, made.seal());
    return made;
  }

  /** The row of a valid bet. */
  static byte[] bet(int agency, String name, String document, int number) {
    return Csv.rowOf(agency, List.of(name, "Paz", document, "1990-02-28", "" + number));
  }

  /** A batch of rows, the first of which has the ordinal {@code first}. */
  static Message.Batch batch(int agency, long first, byte[]... bets) {
    Rows.Collector collector = new Rows.Collector(bets.length);
    for (byte[] bet : bets) {
      assertThat(collector.add(bet, 0, bet.length)).isTrue();
    }
    return new Message.Batch(agency, first, collector.take());
  }

  /** The finish that belongs to an agency's batches as they are now. */
  Message.Finish finish(int agency) {
    long total = 0;
    int checksum = Checksum.EMPTY;
    for (Message.Entry entry : entries) {
      if (entry instanceof Message.Batch batch && batch.agency() == agency) {
        total += batch.rows().count();
        checksum = Checksum.join(checksum, batch.rows().checksum(), batch.rows().length());
      }
    }
    return new Message.Finish(agency, total, checksum);
  }

  /** The closing that belongs to an agency's batches as they are now. */
  Message.Closed close(int agency) {
    return close(agency, "no llegó");
  }

  /** The same, for another reason. */
  Message.Closed close(int agency, String reason) {
    return new Message.Closed(agency, finish(agency).total(), new ClosingReason(reason));
  }

  /** The seal that belongs to the rows and closings as they are now. */
  Message.Sealed seal() {
    List<Integer> closed = new ArrayList<>();
    for (Message.Entry entry : entries) {
      if (entry instanceof Message.Closed closing) {
        closed.add(closing.agency());
      }
    }
    return new Message.Sealed(
        new Seal(rows.size(), sha256(), closed.stream().sorted().distinct().toList()), SEALED_AT);
  }

  /** A draw. */
  static Message.Drawn draw(int number, long winners) {
    return new Message.Drawn(number, winners, DRAWN_AT);
  }

  /** The SHA-256 of the rows as they are now. */
  String sha256() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Where a row begins in bets.csv, from 0. */
  long offsetOfRow(int row) {
    return String.join("", rows.subList(0, row).stream().map(text -> text + "\r\n").toList())
        .getBytes(StandardCharsets.UTF_8)
        .length;
  }

  /** Where an entry lies in the journal, from 0, once laid. */
  long offsetOf(int entry) {
    return offsets.get(entry);
  }

  /** Where the block of an entry begins, each being alone in its own but for the first two. */
  long blockOf(int entry) {
    return offsets.get(entry == 1 ? 0 : entry) - 24;
  }

  /** Writes the journal and, if there are rows, bets.csv. */
  public MadeLottery lay() {
    try {
      Files.deleteIfExists(journal());
      Files.deleteIfExists(sealedFile());
      offsets.clear();
      try (Journal journal = Journal.open(FileStorage.open(journal()), (offset, record) -> {})) {
        List<ByteBuffer> block = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
          block.add(ByteBuffer.wrap(Codec.encode(entries.get(i))));
          if (i > 0 || entries.size() == 1) {
            for (long offset : journal.append(block)) {
              offsets.add(offset);
            }
            block.clear();
          }
        }
      }
      if (!rows.isEmpty()) {
        Files.writeString(sealedFile(), text());
      }
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Appends a message of any kind to the journal that was laid. */
  void append(Message message) throws IOException {
    try (Journal journal = Journal.open(FileStorage.open(journal()), (offset, record) -> {})) {
      journal.append(List.of(ByteBuffer.wrap(Codec.encode(message))));
    }
  }

  Path journal() {
    return directory.resolve("journal");
  }

  Path sealedFile() {
    return directory.resolve("bets.csv");
  }

  private String text() {
    return String.join("", rows.stream().map(row -> row + "\r\n").toList());
  }
}
