package loteria.checks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import loteria.journal.FileStorage;
import loteria.journal.Journal;
import loteria.journal.ReadableStorage;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;

/** The bets that are found in a journal when its central is gone, agency by agency, as rows. */
public final class Found {
  private final Map<Integer, List<String>> rows = new HashMap<>();

  private Found() {}

  /**
   * Reads a journal, and changes nothing; one that is not there has no bets.
   *
   * @throws AssertionError if the bets of an agency have a gap, or one is there twice
   */
  public static Found in(Path journal) throws IOException {
    Found found = new Found();
    if (Files.exists(journal)) {
      try (ReadableStorage storage = FileStorage.openToRead(journal)) {
        var ignored =
            Journal.inspect(
                storage,
                (position, record) -> {
                  FrameReader.Step step = FrameReader.decode(record);
                  assertThat(step).isInstanceOf(FrameReader.Whole.class);
                  if (((FrameReader.Whole) step).decode() instanceof Message.Batch batch) {
                    found.add(batch);
                  }
                });
      }
    }
    return found;
  }

  private void add(Message.Batch batch) {
    List<String> ofAgency = rows.computeIfAbsent(batch.agency(), agency -> new ArrayList<>());
    assertThat(batch.first())
        .as("where a batch of agency %d begins: no gap, nothing twice", batch.agency())
        .isEqualTo(ofAgency.size());
    ofAgency.addAll(rows(batch));
  }

  /** The bets of a batch, as rows of the agency's file. */
  public static List<String> rows(Message.Batch batch) {
    ByteBuffer bytes = ByteBuffer.allocate(batch.rows().length());
    batch.rows().putInto(bytes);
    String beginning = batch.agency() + ",";
    return new String(bytes.array(), StandardCharsets.UTF_8)
        .lines()
        .map(row -> row.substring(beginning.length()))
        .toList();
  }

  public List<String> rows(int agency) {
    return rows.getOrDefault(agency, List.of());
  }

  public long total() {
    return rows.values().stream().mapToLong(List::size).sum();
  }

  /**
   * The invariant: acknowledged ⊆ found ⊆ sent, for each agency a gap-free prefix of its file.
   *
   * @param central what all lives of the central have said: a batch is logged when it is durable
   * @param agencies what the programs of agency 1, 2… have said
   * @param sent the rows of their files
   */
  public void assertHolds(List<Line> central, List<Running> agencies, List<List<String>> sent) {
    assertThat(rows.keySet()).isSubsetOf(IntStream.rangeClosed(1, sent.size()).boxed().toList());
    for (int k = 1; k <= sent.size(); k++) {
      List<String> file = sent.get(k - 1);
      assertThat(rows(k).size()).as("bets of agency %d", k).isBetween(0, file.size());
      assertThat(rows(k)).as("agency %d", k).isEqualTo(file.subList(0, rows(k).size()));
      for (Line finished : agencies.get(k - 1).lines("upload_bets", "success")) {
        assertThat((long) rows(k).size())
            .as("bets of agency %d, which was told that they are stored", k)
            .isEqualTo(finished.number("bets"));
      }
    }
    assertThat(total())
        .as("bets that the central said to have stored")
        .isGreaterThanOrEqualTo(stored(central));
  }

  /** How many bets these lines of a central say to be stored. */
  public static long stored(List<Line> central) {
    return central.stream()
        .filter(line -> line.says("apuesta_recibida", "success"))
        .mapToLong(line -> line.number("cantidad"))
        .sum();
  }
}
