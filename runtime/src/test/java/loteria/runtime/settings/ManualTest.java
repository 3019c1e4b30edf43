package loteria.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManualTest {
  private static final Manual MANUAL =
      new Manual(
          "stall",
          "A stall that sells lottery tickets.",
          List.of(
              Setting.named("stall_port", "STALL_PORT", "--stall-port")
                  .integer("80", 0, 65_535)
                  .help("Usual", "port of the stall"),
              Setting.named(null, "STALL_NUMBER", "--number")
                  .integer(null, 1, 9)
                  .help("Usual", "which stall it is"),
              Setting.named("cats", "STALL_CATS", "--cats")
                  .integer("1", 1, 9)
                  .help("Rare", "its cats")),
          "stall.ini",
          List.of("loteria stall --number 3"),
          List.of("0 sold out"),
          List.of("protocol 2"));

  @Test
  void tellsOfEachSettingWhatItsDeclarationSays() {
    assertThat(MANUAL.help())
        .isEqualTo(
            """
            Usage: loteria stall [--FLAG VALUE]...
            A stall that sells lottery tickets.

            A flag wins over the environment, the environment over stall.ini, the file over
            the default.

            Usual:
              --stall-port  port of the stall
                  environment STALL_PORT, stall.ini stall_port, default 80; 0 to 65535
              --number  which stall it is
                  environment STALL_NUMBER, no default; 1 to 9

            Rare:
              --cats  its cats
                  environment STALL_CATS, stall.ini cats, default 1; 1 to 9

            Instead of running:
              --check-config  Show each setting and where it comes from, and exit.
              --version       Show the versions of protocol and files, and exit.
              -h, --help      Show this and exit.

            Examples:
              loteria stall --number 3

            Exit codes:
              0 sold out
            """);
  }

  @Test
  void tellsTheVersionsALineEach() {
    assertThat(MANUAL.version().lines())
        .satisfiesExactly(
            version -> assertThat(version).matches("loteria   \\d+\\.\\d+.*"),
            // These classes lie in no distribution, which is what knows the commit.
            commit -> assertThat(commit).isEqualTo("commit    unknown"),
            java -> assertThat(java).matches("java      25.*"),
            protocol -> assertThat(protocol).isEqualTo("protocol  2"));
  }

  @ParameterizedTest
  @CsvSource({
    "--help,true",
    "-h,true",
    "--version,true",
    "--number 3 --help,true",
    "--number 3,false",
    "--number=--help,false",
    "help,false",
    "'',false"
  })
  void isWantedByItsFlagsAlone(String line, boolean wanted) {
    assertThat(Manual.isWanted(line.split(" ", -1))).isEqualTo(wanted);
  }
}
