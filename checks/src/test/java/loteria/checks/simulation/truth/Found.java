package loteria.checks.simulation.truth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import loteria.checks.simulation.run.Violation;
import loteria.lottery.Seal;
import loteria.protocol.Decoded;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;

/**
 * What is in a journal, read by docs/JOURNAL.md and not by the program's own reader, which may be
 * wrong.
 */
public final class Found {
  private static final int FILE_HEADER_BYTES = 16;
  private static final int BLOCK_HEADER_BYTES = 24;
  private static final int BLOCK_MAGIC = 0xFF_42_4C_4B;

  private final List<List<Bet>> bets = new ArrayList<>();
  private final Set<Integer> finished = new TreeSet<>();
  private final NavigableMap<Integer, Integer> closed = new TreeMap<>();
  private Optional<Seal> seal = Optional.empty();
  private Optional<Message.Drawn> drawn = Optional.empty();
  private int validBytes;

  /** How many partitions hold bets; 0 where all is in one journal. */
  private final int betPartitions;

  /** The one that is being read; the last one is that of the draw. */
  private int partition;

  private boolean announced;

  private Found(int agencies, int betPartitions) {
    this.betPartitions = betPartitions;
    for (int agency = 1; agency <= agencies; agency++) {
      bets.add(new ArrayList<>());
    }
  }

  /** All that is valid from the start of a journal on. */
  public static Found in(byte[] journal, int agencies) {
    Found found = new Found(agencies, 0);
    found.read(journal);
    return found;
  }

  /**
   * What several centrals have stored together. Each partition is a journal that must be valid to
   * its end and hold what belongs there: an agency's bets in that of (agency - 1) modulo how many
   * there are for bets; and the last one, once and first, what the lottery is, then its seal and
   * its draw.
   */
  public static Found inPartitions(List<byte[]> partitions, int agencies) {
    Found found = new Found(agencies, partitions.size() - 1);
    for (byte[] journal : partitions) {
      found.validBytes = 0;
      found.read(journal);
      Violation.unless(
          found.validBytes == journal.length,
          "of the %d bytes of partition %d only %d are valid",
          journal.length,
          found.partition,
          found.validBytes);
      found.partition++;
    }
    return found;
  }

  private void read(byte[] journal) {
    if (journal.length >= FILE_HEADER_BYTES) {
      validBytes = FILE_HEADER_BYTES;
      readBlocks(ByteBuffer.wrap(journal));
    }
  }

  private void readBlocks(ByteBuffer journal) {
    while (journal.limit() - validBytes >= BLOCK_HEADER_BYTES) {
      int at = validBytes;
      int payload = journal.getInt(at + 16);
      if (journal.getInt(at) != BLOCK_MAGIC
          || journal.getLong(at + 8) != at
          || payload <= 0
          || payload > journal.limit() - at - BLOCK_HEADER_BYTES
          || journal.getInt(at + 4) != checksum(journal, at + 8, 16 + payload)) {
        return;
      }
      readRecords(journal.slice(at + BLOCK_HEADER_BYTES, payload));
      validBytes = at + BLOCK_HEADER_BYTES + payload;
    }
  }

  private static int checksum(ByteBuffer journal, int from, int bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(journal.slice(from, bytes));
    return (int) checksum.getValue();
  }

  private void readRecords(ByteBuffer payload) {
    while (payload.hasRemaining()) {
      byte[] frame = new byte[Short.toUnsignedInt(payload.getShort())];
      payload.get(frame);
      Decoded record = decoded(frame);
      if (betPartitions > 0) {
        requireAtHome(record);
      }
      switch (record) {
        case Message.Batch batch -> take(batch);
        case Message.Finish finish -> take(finish);
        case Message.Closed closing -> take(closing);
        case Message.Sealed sealed -> take(sealed.seal());
        case Message.Drawn held -> take(held);
        case Message.Announced _ when betPartitions > 0 -> announced = true;
        default -> throw new Violation("the journal has a record that is of no lottery");
      }
    }
  }

  private void requireAtHome(Decoded record) {
    int home =
        switch (record) {
          case Message.Batch batch -> (batch.agency() - 1) % betPartitions;
          case Message.Finish finish -> (finish.agency() - 1) % betPartitions;
          case Message.Closed closing -> (closing.agency() - 1) % betPartitions;
          default -> betPartitions;
        };
    Violation.unless(partition == home, "partition %d has %s", partition, record);
    Violation.unless(
        partition < betPartitions || announced != (record instanceof Message.Announced),
        "the draw's partition has %s, and was%s begun before",
        record,
        announced ? "" : " not");
  }

  private static Decoded decoded(byte[] frame) {
    if (FrameReader.decode(ByteBuffer.wrap(frame)) instanceof FrameReader.Whole whole) {
      return whole.decode();
    }
    throw new Violation("the journal has a record that is no frame");
  }

  private void take(Message.Batch batch) {
    List<Bet> before = bets.get(batch.agency() - 1);
    Violation.unless(
        batch.first() == before.size(),
        "after %d bets of agency %d the journal has %s",
        before.size(),
        batch.agency(),
        batch);
    Violation.unless(
        !hasEnded(batch.agency()),
        "the journal has %s after the agency's finish or closing",
        batch);
    ByteBuffer rows = ByteBuffer.allocate(batch.rows().length());
    batch.rows().putInto(rows);
    before.addAll(Bet.parse(new String(rows.array(), StandardCharsets.UTF_8)));
  }

  private void take(Message.Closed closing) {
    int agency = closing.agency();
    Violation.unless(
        !hasEnded(agency), "the journal has %s after the agency's finish or closing", closing);
    Violation.unless(
        closing.bets() == bets(agency).size(),
        "after %d bets the journal has %s",
        bets(agency).size(),
        closing);
    closed.put(agency, bets(agency).size());
  }

  private boolean hasEnded(int agency) {
    return finished.contains(agency) || closed.containsKey(agency);
  }

  private void take(Message.Finish finish) {
    Violation.unless(!hasEnded(finish.agency()), "the journal has a second or late %s", finish);
    finished.add(finish.agency());
    Violation.unless(
        finish.total() == bets(finish.agency()).size(),
        "after %d bets the journal has %s",
        bets(finish.agency()).size(),
        finish);
  }

  private void take(Seal made) {
    Violation.unless(seal.isEmpty(), "the journal has a second %s", made);
    Violation.unless(
        isComplete(),
        "the journal has a %s when only %s have finished and %s were closed",
        made,
        finished,
        closed.keySet());
    seal = Optional.of(made);
  }

  private void take(Message.Drawn held) {
    Violation.unless(
        drawn.isEmpty() && seal.isPresent(), "the journal has %s too early or again", held);
    drawn = Optional.of(held);
  }

  public List<Bet> bets(int agency) {
    return bets.get(agency - 1);
  }

  public boolean hasFinished(int agency) {
    return finished.contains(agency);
  }

  /** The agencies that were closed, each with how many bets it had stored. */
  public NavigableMap<Integer, Integer> closed() {
    return closed;
  }

  public boolean isComplete() {
    return finished.size() + closed.size() == bets.size();
  }

  public boolean hasFinishes() {
    return !finished.isEmpty();
  }

  public Optional<Seal> seal() {
    return seal;
  }

  public Optional<Message.Drawn> drawn() {
    return drawn;
  }

  /** How far the journal is valid. */
  public int validBytes() {
    return validBytes;
  }
}
