package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the transcripts of docs/PROTOCOL.md: what a stranger learns from is true. */
class TranscriptTest {
  static List<List<ProtocolDocument.Entry>> transcripts() throws IOException {
    return ProtocolDocument.transcripts();
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void isWhatACentralOfTheseRulesSays(List<ProtocolDocument.Entry> transcript) {
    ReplayedLottery replayed = new ReplayedLottery();
    for (ProtocolDocument.Entry entry : transcript) {
      switch (entry) {
        case ProtocolDocument.Reconnected _ -> replayed.reconnect();
        case ProtocolDocument.Said said when said.byAgency() ->
            replayed.agencySays(said.line(), MadeFrame.decode(said.frame()));
        case ProtocolDocument.Said said ->
            replayed.centralSays(said.line(), MadeFrame.decode(said.frame()));
      }
    }
    replayed.end();
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void isOfWholeFramesThatAreCalledByTheirNames(List<ProtocolDocument.Entry> transcript) {
    for (ProtocolDocument.Entry entry : transcript) {
      if (entry instanceof ProtocolDocument.Said said) {
        assertThat(FrameReader.decode(ByteBuffer.wrap(said.frame())))
            .as("line %d", said.line())
            .isInstanceOf(FrameReader.Whole.class);
        assertThat(said.name()).as("line %d", said.line()).isEqualTo(nameOfType(said.frame()));
        if (MadeFrame.decode(said.frame()) instanceof Message message) {
          assertThat(Codec.encode(message)).as("line %d", said.line()).isEqualTo(said.frame());
        }
      }
    }
  }

  private static String nameOfType(byte[] frame) {
    return Golden.ALL.stream()
        .filter(golden -> golden.type() == Frame.type(frame, 0))
        .map(Golden::name)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void showEveryMessageOfTheWire() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (List<ProtocolDocument.Entry> transcript : transcripts()) {
      for (ProtocolDocument.Entry entry : transcript) {
        if (entry instanceof ProtocolDocument.Said said) {
          shown.add(said.name());
        }
      }
    }
    Set<String> ofTheWire = new TreeSet<>();
    for (Golden golden : Golden.ALL) {
      if (golden.message() instanceof Message.FromAgency
          || golden.message() instanceof Message.FromCentral) {
        ofTheWire.add(golden.name());
      }
    }
    assertThat(transcripts()).hasSize(3);
    assertThat(shown).isEqualTo(ofTheWire);
  }
}
