package loteria.tool;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in one line why the world failed; the JDK's exceptions of files are often only a name. */
final class Failures {
  private Failures() {}

  static String oneLine(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing ->
          missing.getFile() + ": there is no such file or directory";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NotDirectoryException file -> file.getFile() + ": not a directory";
      case FileAlreadyExistsException taken ->
          taken.getFile() + ": exists already, and is not a directory";
      case FileSystemException other -> other.getFile() + ": " + other.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
