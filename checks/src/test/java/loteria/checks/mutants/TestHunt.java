package loteria.checks.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs a test class in a JVM of its own: the last line tells which test has failed first, and why;
 * or that none did.
 */
final class TestHunt {
  private TestHunt() {}

  /** Argument: the test class. */
  public static void main(String[] arguments) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(arguments[0])).build(),
        listener);
    TestExecutionSummary summary = listener.getSummary();
    System.out.println(
        summary.getFailures().stream()
            .findFirst()
            .map(failure ->
                "caught - - %s: %s"
                    .formatted(
                        failure.getTestIdentifier().getDisplayName(),
                        String.valueOf(failure.getException()).lines().findFirst().orElse("")))
            .orElse("survived %d tests".formatted(summary.getTestsSucceededCount())));
    System.exit(0); // whatever threads a broken program has left
  }
}
