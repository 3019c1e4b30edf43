package loteria.kafka.options;

import java.io.IOException;

/**
 * Kafka's client, which lies in a folder of its own: a central that needs no brokers does not have
 * it on its class path, and starts the sooner.
 */
public final class ClientLibrary {
  private static final String ONE_OF_ITS_CLASSES = "org.apache.kafka.clients.admin.Admin";

  private ClientLibrary() {}

  /**
   * To be called before all of the other packages.
   *
   * @throws IOException if it is not on the class path, in one line that says how it comes there
   */
  public static void require() throws IOException {
    require(ONE_OF_ITS_CLASSES);
  }

  static void require(String name) throws IOException {
    try {
      Class<?> _ = Class.forName(name, false, ClientLibrary.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new IOException(
          "Kafka's client is not on the class path: name the brokers by --kafka or LOTERIA_KAFKA,"
              + " for the launcher does not read the settings file; or add dist/lib/kafka/*",
          missing);
    }
  }
}
