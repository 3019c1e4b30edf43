package loteria.server;

import java.io.IOException;
import java.net.ServerSocket;
import loteria.runtime.BadSettingException;

/** The whole central: what it is made of, and in which order it ends. */
final class Central implements AutoCloseable {
  private final Directory directory;
  private final LedgerThread ledger;
  private final Listener listener;
  private final ServerLog log;

  private Central(Directory directory, LedgerThread ledger, Listener listener, ServerLog log) {
    this.directory = directory;
    this.ledger = ledger;
    this.listener = listener;
    this.log = log;
  }

  /**
   * Takes the directory, binds the address, recovers what the journal says, and serves.
   *
   * @throws BadSettingException if a setting asks for what cannot be had
   * @throws IOException if the journal cannot be gone on with; it says why
   */
  static Central start(CentralSettings settings, ServerLog log, LedgerThread.Halt halt)
      throws BadSettingException, IOException {
    Directory directory = settings.takeDirectory();
    try {
      return start(directory, settings, log, halt);
    } catch (BadSettingException | IOException | RuntimeException failed) {
      directory.close();
      throw failed;
    }
  }

  private static Central start(
      Directory directory, CentralSettings settings, ServerLog log, LedgerThread.Halt halt)
      throws BadSettingException, IOException {
    ServerSocket serverSocket = settings.bind();
    try {
      Ledger ledger = Ledger.open(directory, settings.agencies(), settings.number(), log);
      LedgerThread ledgerThread = LedgerThread.start(ledger, log, halt);
      log.listening(serverSocket);
      return new Central(
          directory, ledgerThread, Listener.start(serverSocket, ledgerThread, log), log);
    } catch (UnexpectedAgencyException unexpected) {
      serverSocket.close();
      throw settings.refuseAgencies(unexpected);
    } catch (IOException | RuntimeException failed) {
      serverSocket.close();
      throw failed;
    }
  }

  /** The port that is listened on. */
  int port() {
    return listener.port();
  }

  /**
   * Ends in order (docs/CONCURRENCY.md): nobody new, what was handed over is answered, everybody is
   * told, all is closed and logged.
   */
  @Override
  public void close() {
    try {
      listener.close();
      ledger.close();
      listener.closeConnections();
      directory.close();
      log.stopped();
    } catch (IOException failed) {
      log.stopFailed(failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
