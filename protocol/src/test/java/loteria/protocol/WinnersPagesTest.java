package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WinnersPagesTest {
  @Test
  void areOneEmptyPageWithoutWinners() {
    assertThat(Codec.pages(7574, List.of()))
        .containsExactly(new Message.WinnersPage(7574, true, List.of()));
  }

  @Test
  void areOnePageForOneWinner() {
    assertThat(Codec.pages(7574, List.of("007")))
        .containsExactly(new Message.WinnersPage(7574, true, List.of("007")));
  }

  @Test
  void areOnePageForAsManyAsExactlyFillIt() {
    List<String> documents = exactlyOnePage();
    List<Message.WinnersPage> pages = Codec.pages(7574, documents);
    assertThat(pages).containsExactly(new Message.WinnersPage(7574, true, documents));
    assertThat(Codec.encode(pages.getFirst())).hasSize(Frame.BYTES_MAX);
  }

  @Test
  void areTwoPagesForOneMore() {
    List<String> documents = new ArrayList<>(exactlyOnePage());
    documents.add("5");
    assertThat(Codec.pages(7574, documents))
        .containsExactly(
            new Message.WinnersPage(7574, false, exactlyOnePage()),
            new Message.WinnersPage(7574, true, List.of("5")));
  }

  /** A payload of 8184 bytes has 5 before its documents: 908 of 9 bytes and one of 7. */
  private static List<String> exactlyOnePage() {
    List<String> documents = new ArrayList<>(Collections.nCopies(908, "30904465"));
    documents.add("123456");
    return documents;
  }

  @Test
  void areTogetherAllWinnersInOrder() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<String> documents = new ArrayList<>();
      for (int i = random.nextInt(5000); i > 0; i--) {
        documents.add("1".repeat(random.nextInt(20)) + random.nextInt(10));
      }
      List<Message.WinnersPage> pages = Codec.pages(42, documents);
      assertThat(pages.stream().flatMap(page -> page.documents().stream()))
          .as("seed %d", seed)
          .containsExactlyElementsOf(documents);
      for (int i = 0; i < pages.size(); i++) {
        Message.WinnersPage page = pages.get(i);
        boolean last = i == pages.size() - 1;
        byte[] frame = Codec.encode(page);
        assertThat(page.number()).isEqualTo(42);
        assertThat(page.last()).as("seed %d, page %d", seed, i).isEqualTo(last);
        assertThat(frame.length)
            .as("seed %d, page %d", seed, i)
            .isBetween(last ? 13 : Frame.BYTES_MAX - 20, Frame.BYTES_MAX);
        assertThat(Codec.decode(frame)).as("seed %d, page %d", seed, i).isEqualTo(page);
      }
    }
  }
}
