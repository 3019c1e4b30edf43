package loteria.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputTest {
  @Test
  void givesBackWhatWasPutInHoweverItIsSent() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Output output = new Output();
      ByteArrayOutputStream put = new ByteArrayOutputStream();
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      for (int i = 0; i < 100; i++) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        output.put(bytes, 0, bytes.length);
        put.writeBytes(bytes);
        byte[] some = new byte[random.nextInt(output.length() + 1)];
        output.waiting().get(some);
        output.sent(some.length);
        sent.writeBytes(some);
        assertThat(output.length()).as("seed %d", seed).isEqualTo(put.size() - sent.size());
      }
      byte[] rest = new byte[output.length()];
      output.waiting().get(rest);
      sent.writeBytes(rest);
      assertThat(sent.toByteArray()).as("seed %d", seed).isEqualTo(put.toByteArray());
    }
  }

  @Test
  void isOverfullAboveItsBoundAndHoldsNothingWhenItIsSent() {
    Output output = new Output();
    output.put(new byte[Output.BYTES_MAX], 0, Output.BYTES_MAX);
    assertThat(output.isOverfull()).isFalse();
    output.put(new byte[1], 0, 1);
    assertThat(output.isOverfull()).isTrue();
    output.sent(Output.BYTES_MAX + 1);
    assertThat(output.isEmpty()).isTrue();
    assertThat(output.waiting().array()).isEmpty();
  }
}
