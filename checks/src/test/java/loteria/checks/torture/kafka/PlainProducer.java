package loteria.checks.torture.kafka;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * An idempotent producer in the place of a transactional one: what it sends counts at once, and no
 * other of its id fences it. A deliberately broken central writes by it. It waits before it sends,
 * so that a central under load that is stopped has something to send when it goes on.
 */
public final class PlainProducer {
  private static final int WAIT_MILLIS = 200;

  private PlainProducer() {}

  /** One of these settings, but for those of transactions. */
  @SuppressWarnings("unchecked") // A proxy is of the interface that it is made for.
  public static Producer<byte[], byte[]> of(Map<String, Object> settings) {
    Map<String, Object> plain = new HashMap<>(settings);
    plain.keySet().removeIf(key -> key.startsWith("transaction"));
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(plain);
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (_, method, arguments) -> {
              switch (method.getName()) {
                case "initTransactions" -> {
                  return null;
                }
                case "beginTransaction" -> {
                  TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
                  return null;
                }
                case "commitTransaction" -> {
                  producer.flush();
                  return null;
                }
                default -> {
                  try {
                    return method.invoke(producer, arguments);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                }
              }
            });
  }
}
