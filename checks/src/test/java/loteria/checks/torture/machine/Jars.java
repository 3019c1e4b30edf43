package loteria.checks.torture.machine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The class path of this program in jars alone, as the programs are delivered. */
public final class Jars {
  private Jars() {}

  /** A command of this class path, with its folders packed into jars in this folder. */
  public static List<String> with(List<String> command, Path folder) throws IOException {
    String classPath = System.getProperty("java.class.path");
    List<String> packed = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      packed.add(
          Files.isDirectory(path)
              ? pack(path, folder.resolve(packed.size() + ".jar")).toString()
              : entry);
    }
    String jars = String.join(File.pathSeparator, packed);
    return command.stream().map(word -> word.equals(classPath) ? jars : word).toList();
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        long ignored = Files.copy(file, out);
      }
    }
    return jar;
  }
}
