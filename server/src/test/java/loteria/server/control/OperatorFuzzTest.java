package loteria.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import loteria.server.operator.Request;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is said over the control socket, either way, is understood as it was meant, or not. */
class OperatorFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "close 3 no llegó",
            "close missing  two  blanks ",
            "close 65536 x",
            "close 0 x",
            "draw 7574",
            "drawn 7574 12 1700000000123\n",
            "drawn-earlier 0 0 0\n",
            "closed 3 1234 no llegó\nearlier 4 0 se incendió\nawaited 2\n",
            "awaited -1\n",
            "refused no room left\n",
            "closed 3 1234\nawaited 1\n",
            "closed 3 99999999999999999999 x\nawaited 1\n")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void isReadAsItWouldBeSaidOrRefused(byte[] said) {
    String text = new String(said, UTF_8);
    read(text, Request::parse)
        .ifPresent(request -> assertThat(Request.parse(request.line())).isEqualTo(request));
    read(text, AnswerLines::parse)
        .ifPresent(
            answer -> assertThat(AnswerLines.parse(AnswerLines.of(answer))).isEqualTo(answer));
  }

  private static <T> Optional<T> read(String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageNotContaining("\n");
      return Optional.empty();
    }
  }
}
