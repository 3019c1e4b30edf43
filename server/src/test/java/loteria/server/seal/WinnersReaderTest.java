package loteria.server.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import loteria.journal.DataDirectory;
import loteria.journal.Journal;
import loteria.lottery.Draw;
import loteria.protocol.Codec;
import loteria.protocol.Frame;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.SampleBets;
import loteria.server.ledger.FaultyDisk;
import org.junit.jupiter.api.Test;

/** An agency's winners, in pages. */
class WinnersReaderTest {
  private static final int BATCH_BETS = 100;

  /** The pages of an agency whose bets are on these documents, of which the winning ones count. */
  private static List<Message.WinnersPage> pages(List<Bet> bets) throws IOException {
    Positions positions = new Positions(2);
    try (Journal journal = journal(bets, positions)) {
      WinnersReader reader =
          new WinnersReader(
              Records.of(journal), positions, 2, Draw.NUMBER, SampleBets.winners(bets).size());
      List<Message.WinnersPage> pages = new ArrayList<>();
      boolean goesOn = true;
      while (goesOn) {
        assertThat(reader.begin()).isTrue();
        assertThat(reader.begin()).as("one page at a time").isFalse();
        Message.WinnersPage page = reader.next();
        reader.end();
        pages.add(page);
        goesOn = !page.last();
      }
      return pages;
    }
  }

  private static Journal journal(List<Bet> bets, Positions positions) throws IOException {
    Journal journal =
        Journal.open(new FaultyDisk(0).open(DataDirectory.JOURNAL), (position, found) -> {});
    for (int from = 0; from < bets.size(); from += BATCH_BETS) {
      int to = Math.min(from + BATCH_BETS, bets.size());
      byte[] frame = Codec.encode(SampleBets.batch(2, from, bets.subList(from, to)));
      positions.add(2, journal.append(List.of(ByteBuffer.wrap(frame)))[0]);
    }
    return journal;
  }

  private static List<Message.WinnersPage> pagesOf(List<String> documents) throws IOException {
    return pages(documents.stream().map(document -> bet(document, Draw.NUMBER)).toList());
  }

  private static Bet bet(String document, int number) {
    return new Bet(2, "A", "", document, LocalDate.of(2000, 1, 1), number);
  }

  @Test
  void areOneEmptyPageWithoutWinners() throws IOException {
    Message.WinnersPage empty = new Message.WinnersPage(Draw.NUMBER, true, List.of());
    assertThat(pagesOf(List.of())).containsExactly(empty);
    assertThat(pages(Collections.nCopies(150, bet("1", 7)))).containsExactly(empty);
  }

  @Test
  void areOnePageForOneWinner() throws IOException {
    assertThat(pagesOf(List.of("007")))
        .containsExactly(new Message.WinnersPage(Draw.NUMBER, true, List.of("007")));
  }

  @Test
  void areOnePageForAsManyAsExactlyFillIt() throws IOException {
    List<String> documents = exactlyOnePage();
    List<Message.WinnersPage> pages = pagesOf(documents);
    assertThat(pages).containsExactly(new Message.WinnersPage(Draw.NUMBER, true, documents));
    assertThat(Codec.encode(pages.getFirst())).hasSize(Frame.BYTES_MAX);
  }

  @Test
  void areTwoPagesForOneMore() throws IOException {
    List<String> documents = new ArrayList<>(exactlyOnePage());
    documents.add("5");
    assertThat(pagesOf(documents))
        .containsExactly(
            new Message.WinnersPage(Draw.NUMBER, false, exactlyOnePage()),
            new Message.WinnersPage(Draw.NUMBER, true, List.of("5")));
  }

  /** A payload of 8184 bytes has 5 before its documents: 908 of 9 bytes and one of 7. */
  private static List<String> exactlyOnePage() {
    List<String> documents = new ArrayList<>(Collections.nCopies(908, "30904465"));
    documents.add("123456");
    return documents;
  }

  @Test
  void areTogetherAllWinnersInOrder() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<Bet> bets = new ArrayList<>();
      for (int i = random.nextInt(5000); i > 0; i--) {
        String document = "1".repeat(random.nextInt(20)) + random.nextInt(10);
        bets.add(bet(document, random.nextBoolean() ? Draw.NUMBER : 1));
      }
      List<Message.WinnersPage> pages = pages(bets);
      assertThat(pages.stream().flatMap(page -> page.documents().stream()))
          .as("seed %d", seed)
          .containsExactlyElementsOf(SampleBets.winners(bets));
      for (int i = 0; i < pages.size(); i++) {
        Message.WinnersPage page = pages.get(i);
        boolean last = i == pages.size() - 1;
        assertThat(page.number()).isEqualTo(Draw.NUMBER);
        assertThat(page.last()).as("seed %d, page %d", seed, i).isEqualTo(last);
        assertThat(Codec.encode(page).length)
            .as("seed %d, page %d", seed, i)
            .isBetween(last ? 13 : Frame.BYTES_MAX - 20, Frame.BYTES_MAX);
      }
    }
  }

  @Test
  void areNotToldWhenTheJournalHasFewerThanTheDraw() throws IOException {
    Positions positions = new Positions(2);
    try (Journal journal = journal(List.of(bet("1", Draw.NUMBER)), positions)) {
      WinnersReader reader = new WinnersReader(Records.of(journal), positions, 2, Draw.NUMBER, 2);
      assertThatIOException()
          .isThrownBy(reader::next)
          .withMessage("1 winner of agency 2 is not there");
    }
  }

  /** A billion of winners would take no more: what is held is a page, and where the next begins. */
  @Test
  void takeTheSameMemoryHoweverManyThereAre() throws IOException {
    Bet winner = bet("1".repeat(20), Draw.NUMBER);
    byte[] frame = Codec.encode(SampleBets.batch(2, 0, Collections.nCopies(BATCH_BETS, winner)));
    Positions positions = new Positions(2);
    try (Journal journal =
        Journal.open(new FaultyDisk(0).open(DataDirectory.JOURNAL), (position, found) -> {})) {
      long position = journal.append(List.of(ByteBuffer.wrap(frame)))[0];
      int batches = 80_000; // 8 million winners, all in the one batch that the journal has
      for (int i = 0; i < batches; i++) {
        positions.add(2, position);
      }
      WinnersReader reader =
          new WinnersReader(
              Records.of(journal), positions, 2, Draw.NUMBER, (long) batches * BATCH_BETS);
      long told = 0;
      long most = 0;
      Message.WinnersPage page = reader.next();
      for (int i = 1; !page.last(); i++) {
        told += page.documents().size();
        if (i % 5000 == 0) {
          most = Math.max(most, usedBytes());
        }
        page = reader.next();
      }
      told += page.documents().size();
      assertThat(told).isEqualTo((long) batches * BATCH_BETS);
      assertThat(most).as("bytes in use").isPositive().isLessThan(usedBytes() + (8 << 20));
    }
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
