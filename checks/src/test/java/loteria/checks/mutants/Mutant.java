package loteria.checks.mutants;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A module compiled with a bug, beside the project's own classes, and the simulation run on it in a
 * JVM of its own.
 */
final class Mutant {
  private static final String CLASS_PATH = System.getProperty("java.class.path", "");
  private static final String HUNT = "loteria.checks.simulation.Hunt";
  private static final long MINUTES_MAX = 5;

  private final Path folder;

  private Mutant(Path folder) {
    this.folder = folder;
  }

  /** What is as it should be, for comparison. */
  static Mutant none(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("classes"));
    return new Mutant(folder);
  }

  /** Compiles a module with a bug. */
  static Mutant of(Mutation mutation, Path root, Path folder) throws IOException {
    Mutant mutant = none(folder);
    mutant.compile(mutant.patchedSources(mutation, root));
    return mutant;
  }

  private List<Path> patchedSources(Mutation mutation, Path root) throws IOException {
    Path sources = root.resolve(mutation.module()).resolve("src/main/java/loteria");
    Path copies = Files.createDirectories(folder.resolve("source"));
    List<Path> patched = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        Path name = file.getFileName();
        assert name != null;
        String source = Files.readString(file);
        boolean mutated = name.toString().equals(mutation.file() + ".java");
        Path copy = copies.resolve(name);
        Files.writeString(copy, mutated ? mutation.applyTo(source) : source);
        patched.add(copy);
      }
    }
    return patched;
  }

  private void compile(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-cp", CLASS_PATH, "-d", folder.resolve("classes").toString());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      if (!compiler.getTask(said, files, null, options, null, units).call()) {
        throw new IllegalStateException("the mutant does not compile:\n" + said);
      }
    }
  }

  /**
   * Runs the simulation on it.
   *
   * @return how it was caught: seed, rounds and reason; empty if it survived all of the rounds
   */
  Optional<String> hunt(long firstSeed, int rounds) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-ea",
                "-XX:+UseSerialGC",
                "-cp",
                folder.resolve("classes") + File.pathSeparator + CLASS_PATH,
                HUNT,
                Long.toString(firstSeed),
                Integer.toString(rounds))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(output);
    String last = lines.isEmpty() ? "" : lines.getFirst();
    if (ended && last.startsWith("caught ")) {
      return Optional.of(last.substring("caught ".length()));
    }
    if (ended && last.startsWith("survived ")) {
      return Optional.empty();
    }
    throw new IllegalStateException("the simulation neither passes nor fails: " + lines);
  }
}
