package loteria.checks.simulation.shared;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What the brokers keep of a lottery: for each partition what was committed, piece by piece, when
 * it is shown to those who follow, and who may write. What was aborted is not here, for it is never
 * shown. For one thread.
 */
final class Brokers {
  static final List<UUID> TOPICS = List.of(new UUID(1, 1), new UUID(2, 2));

  /** A piece ends here, and is shown from then on. */
  private record Piece(int end, long shownAt) {}

  private static final class Partition {
    private byte[] bytes = {};
    private final List<Piece> pieces = new ArrayList<>();
    private int epoch;
  }

  private final SharedWorld world;
  private final List<Partition> partitions;
  private long commits;

  Brokers(SharedWorld world, int betPartitions) {
    this.world = world;
    this.partitions =
        IntStream.rangeClosed(0, betPartitions).mapToObj(_ -> new Partition()).toList();
  }

  int betPartitions() {
    return partitions.size() - 1;
  }

  int draw() {
    return betPartitions();
  }

  /** How many commits there were, of whatever partition. */
  long commits() {
    return commits;
  }

  /** What was committed to each partition. */
  List<byte[]> bytes() {
    return partitions.stream().map(partition -> partition.bytes).toList();
  }

  byte[] bytes(int partition) {
    return partitions.get(partition).bytes;
  }

  int size(int partition) {
    return bytes(partition).length;
  }

  /** Whoever writes to the partition can do so no more; all that it has is decided, and shown. */
  int fence(int number) {
    Partition partition = partitions.get(number);
    partition.pieces.replaceAll(
        piece -> new Piece(piece.end(), Math.min(piece.shownAt(), world.agenda.now())));
    return ++partition.epoch;
  }

  boolean mayWrite(int partition, int epoch) {
    return partitions.get(partition).epoch == epoch;
  }

  /** Whoever does this may write. */
  void commit(int number, byte[] piece) {
    Partition partition = partitions.get(number);
    int before = partition.bytes.length;
    byte[] bytes = Arrays.copyOf(partition.bytes, before + piece.length);
    System.arraycopy(piece, 0, bytes, before, piece.length);
    partition.bytes = bytes;
    long shownAt = world.agenda.now() + world.lag();
    if (!partition.pieces.isEmpty()) {
      shownAt = Math.max(shownAt, partition.pieces.getLast().shownAt());
    }
    partition.pieces.add(new Piece(bytes.length, shownAt));
    commits++;
    world.transcript.note("%s bytes are committed to partition %s", piece.length, number);
    world.judge.committed(number);
    world.centrals().forEach(program -> program.shared().grew(number));
    world.troubles.committed(number);
  }

  /** The ends of the pieces beyond some bytes that are shown now. */
  List<Integer> shown(int partition, int beyond) {
    return partitions.get(partition).pieces.stream()
        .filter(piece -> piece.end() > beyond && piece.shownAt() <= world.agenda.now())
        .map(Piece::end)
        .toList();
  }
}
