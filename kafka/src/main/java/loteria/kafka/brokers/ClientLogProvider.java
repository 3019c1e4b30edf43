package loteria.kafka.brokers;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** How slf4j, which Kafka's clients log by, finds the central's log: see {@link ClientLog}. */
@SuppressWarnings("exports") // slf4j alone uses it, and that has the types
public final class ClientLogProvider implements SLF4JServiceProvider {
  /** The version of slf4j that this is for. */
  private static final String API_VERSION = "2.0.99";

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();

  /** For slf4j. */
  public ClientLogProvider() {}

  @Override
  public ILoggerFactory getLoggerFactory() {
    return ClientLog::logger;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return API_VERSION;
  }

  @Override
  public void initialize() {}
}
