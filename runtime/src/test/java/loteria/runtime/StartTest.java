package loteria.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import loteria.testing.JavaProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartTest {
  @TempDir private Path directory;

  @Test
  void yamlIsLoadedForAYamlFileThatIsNotPlainAlone() throws Exception {
    Path ini = Files.writeString(directory.resolve("config.ini"), "[DEFAULT]\nname = a\n");
    Path plain = Files.writeString(directory.resolve("plain.yaml"), "name: b\n");
    Path yaml = Files.writeString(directory.resolve("config.yaml"), "{name: b}\n");

    assertThat(classesLoadedBy("ini", ini))
        .contains("loteria.runtime.settings.IniReader ")
        .doesNotContain("snakeyaml.engine");
    assertThat(classesLoadedBy("yaml", plain))
        .contains("loteria.runtime.settings.PlainYaml ")
        .doesNotContain("snakeyaml.engine");
    assertThat(classesLoadedBy("yaml", yaml))
        .contains("loteria.runtime.settings.YamlReader ")
        .contains("snakeyaml.engine");
  }

  @Test
  void aStartLoadsNoFormatterNoTimeZoneAndNoReflection() throws Exception {
    Path ini = Files.writeString(directory.resolve("config.ini"), "[DEFAULT]\nname = a\n");

    assertThat(classesLoadedBy("ini", ini))
        .doesNotContain(
            "java.time.format.",
            "java.time.zone.",
            "java.time.LocalDate",
            "java.util.regex.",
            "java.util.Formatter",
            "java.lang.runtime.ObjectMethods");
  }

  private static String classesLoadedBy(String format, Path path) throws Exception {
    try (JavaProgram program =
        JavaProgram.start(
            List.of("-Xlog:class+load"), Map.of(), StartProgram.class, format, path.toString())) {
      String output = program.rest();
      assertThat(program.exitCode()).as(output).isZero();
      assertThat(output).contains("action: config | result: success | name: ");
      return output;
    }
  }
}
