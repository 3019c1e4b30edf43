package loteria.runtime;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Why an operation failed, in one line; the JDK's exceptions of files are often only a name. */
public final class Failures {
  private Failures() {}

  /** The reason, behind the name of the file if it is about one. */
  public static String oneLine(IOException failure) {
    return failure instanceof FileSystemException file
        ? file.getFile() + ": " + reason(file)
        : reason(failure);
  }

  /** The same failure, which names the file that it is about. */
  public static FileSystemException of(Path file, IOException failure) {
    FileSystemException named = new FileSystemException(file.toString(), null, reason(failure));
    var _ = named.initCause(failure);
    return named;
  }

  /** The reason, without the name of the file. */
  public static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "there is no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      case NotDirectoryException _ -> "not a directory";
      case FileAlreadyExistsException _ -> "exists already, and is not a directory";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
