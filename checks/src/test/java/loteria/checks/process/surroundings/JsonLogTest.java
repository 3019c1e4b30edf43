package loteria.checks.process.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import loteria.checks.Bets;
import loteria.checks.process.ProcessTest;
import loteria.testing.Command;
import org.junit.jupiter.api.Test;

/** Both programs can log an object of JSON a line. */
final class JsonLogTest extends ProcessTest {
  private static final Map<String, String> JSON = Map.of("LOTERIA_LOG_FORMAT", "json");
  private static final String TIME =
      "\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"";

  @Test
  void eachLineIsAnObject() throws Exception {
    programs.lay(List.of(Bets.rows(1, 100, 2)));
    Process central = start(programs.centralCommand(1), "central.log");
    Process agency = start(programs.agencyCommand(1), "agency.log");
    assertThat(agency.waitFor(60, TimeUnit.SECONDS)).isTrue();
    central.toHandle().destroy();
    assertThat(central.waitFor(60, TimeUnit.SECONDS)).isTrue();

    String said = Files.readString(folder.resolve("central.log"));
    assertThat(said.lines())
        .allMatch(line -> line.matches("\\{" + TIME + ",\"level\":\"[A-Z]+\",\"action\":.*}"));
    assertThat(said)
        .contains("\"action\":\"apuesta_recibida\",\"result\":\"success\",\"cantidad\":99}")
        .contains("\"action\":\"sorteo\",\"result\":\"success\"}");
    assertThat(Files.readString(folder.resolve("agency.log")))
        .contains("\"action\":\"consulta_ganadores\",\"result\":\"success\",\"cant_ganadores\":2}");
    for (String log : List.of("central.log", "agency.log")) {
      Command.of(
              "python3",
              "-c",
              "import json,sys; [json.loads(l) for l in open(sys.argv[1])]",
              folder.resolve(log))
          .run()
          .succeeded();
    }
  }

  private Process start(List<String> command, String log) throws IOException {
    return programs
        .builder(command, JSON)
        .redirectOutput(folder.resolve(log).toFile())
        .redirectErrorStream(true)
        .start();
  }
}
