package loteria.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which build of the programs this is.
 *
 * @param number as Maven knows it
 * @param commit the commit that it was built from; {@code unknown} where nobody laid it down
 */
public record Version(String number, String commit) {
  private static final String UNKNOWN = "unknown";
  private static final int CHARACTERS_MAX = 64;

  /** The version of the code that runs. */
  public static Version ofThisProgram() {
    return new Version(numberOfTheBuild(), commitOfTheBuild());
  }

  private static String numberOfTheBuild() {
    try (InputStream text = Version.class.getResourceAsStream("version.txt")) {
      return text == null ? UNKNOWN : line(text);
    } catch (IOException _) {
      return UNKNOWN;
    }
  }

  /**
   * A file beside the folder of the jars says it: in a jar it would make each commit's jars other
   * ones, though the sources are the same.
   */
  private static String commitOfTheBuild() {
    try {
      Path jar = Path.of(Version.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path lib = jar.getParent();
      if (lib == null) {
        return UNKNOWN;
      }
      try (InputStream text = Files.newInputStream(lib.resolveSibling("revision"))) {
        return line(text);
      }
    } catch (IOException | URISyntaxException _) {
      return UNKNOWN;
    }
  }

  private static String line(InputStream text) throws IOException {
    String said = new String(text.readNBytes(CHARACTERS_MAX), StandardCharsets.UTF_8).strip();
    return said.isEmpty() ? UNKNOWN : SafeText.of(said, CHARACTERS_MAX);
  }
}
