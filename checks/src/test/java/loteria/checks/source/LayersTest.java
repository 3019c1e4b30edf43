package loteria.checks.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.FailureReport;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Imports only go down, what is pure stays pure, and what the programs never do is not in them.
 * Each rule is also held against classes that break it, for a rule that cannot fail says nothing.
 */
final class LayersTest {
  private static final String OFFENDING = "loteria.checks.source.offending";
  private static final String[] PURE = {"loteria.lottery", "loteria.protocol"};
  private static final String[] PROGRAMS = {
    "loteria.server",
    "loteria.server.ledger",
    "loteria.server.operator",
    "loteria.server.seal",
    "loteria.server.net",
    "loteria.server.control",
    "loteria.server.status",
    "loteria.client",
    "loteria.client.bets",
    "loteria.client.upload",
    "loteria.client.connection"
  };
  private static final String[] LEDGER = {
    "loteria.server.ledger", "loteria.server.operator", "loteria.server.seal"
  };
  private static final String[] ALL = Modules.MAY_IMPORT.keySet().toArray(String[]::new);

  private static JavaClasses classes;
  private static JavaClasses offending;

  @BeforeAll
  static void readTheClasses() {
    classes = Modules.classes();
    offending = Modules.offending();
  }

  @Test
  void everyPackageIsAModuleOfTheTable() {
    assertThat(classes).hasSizeGreaterThan(100);
    assertThat(classes.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(Modules.MAY_IMPORT.keySet());
  }

  static Stream<String> modules() {
    return Modules.MAY_IMPORT.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void importsOnlyGoDown(String module) {
    Rules.importNothingBut(module, Modules.mayImport(module)).check(classes);
    Rules.nameNothingBut(module, Modules.mayImport(module)).check(classes);
  }

  @Test
  void lotteryAndProtocolOpenNoFileAndNoSocket() {
    Rules.openNoFileAndNoSocket(PURE).check(classes);
  }

  @Test
  void lotteryAndProtocolReadNoClock() {
    Rules.readNoClock(PURE).check(classes);
  }

  @Test
  void lotteryAndProtocolStartNoThread() {
    Rules.startNoThreadBut(Set.of(), PURE).check(classes);
  }

  @Test
  void theLedgerOpensNoSocketAndFindsNoClock() {
    Rules.openNoSocket(LEDGER).check(classes);
    Rules.findNoClock(LEDGER).check(classes);
  }

  /** The log's threads wait in the shared lottery for the loop. */
  @Test
  void theLedgerStartsNoThreadButToHash() {
    Rules.startNoThreadBut(Set.of("Hashing", "SharedLottery"), LEDGER).check(classes);
  }

  @Test
  void thePackagesOfTheCentralUseOfItsOwnOnlyWhatTheyShare() {
    Rules.useOfTheCentralNothingBut(Set.of("Figures", "ServerLog"), LEDGER).check(classes);
    Rules.useOfTheCentralNothingBut(
            Set.of("Figures", "ServerLog", "CentralSettings"),
            "loteria.server.net",
            "loteria.server.control")
        .check(classes);
  }

  @Test
  void serverAndClientUseNoMonitors() {
    Rules.useNoMonitors(PROGRAMS).check(classes);
  }

  @Test
  void nothingIsReflected() {
    Rules.useNoReflection(ALL).check(classes);
  }

  @Test
  void theProgramIsEndedByItsMainAlone() {
    Rules.leaveTheEndToMain(ALL).check(classes);
  }

  @ParameterizedTest
  @CsvSource({"UsesAModuleAbove, Codec", "UsesAModuleAbove, BetRow"})
  void aForbiddenImportIsFound(String offender, String what) {
    assertFinds(Rules.importNothingBut(OFFENDING, Set.of()), offender, what);
  }

  @ParameterizedTest
  @CsvSource({"UsesAModuleAbove, Codec", "NamesInACase, Pong"})
  void aForbiddenNameIsFound(String offender, String what) {
    assertFinds(Rules.nameNothingBut(OFFENDING, Set.of()), offender, what);
  }

  @Test
  void anAllowedImportIsNone() {
    ArchRule rule =
        Rules.importNothingBut(
            OFFENDING, Set.of("loteria.lottery", "loteria.protocol", "loteria.server"));
    assertThat(report(rule).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"OpensThings, Files", "OpensThings, Socket", "OpensThings, FileInputStream"})
  void anOpenFileOrSocketIsFound(String offender, String what) {
    assertFinds(Rules.openNoFileAndNoSocket(OFFENDING), offender, what);
  }

  @ParameterizedTest
  @CsvSource({"ReadsClocks, nanoTime", "ReadsClocks, LocalDate.now", "ReadsClocks, InstantSource"})
  void aReadClockIsFound(String offender, String what) {
    assertFinds(Rules.readNoClock(OFFENDING), offender, what);
  }

  @ParameterizedTest
  @CsvSource({"StartsThreads, Thread", "StartsThreads, Executors", "StartsThreads, parallelStream"})
  void aStartedThreadIsFound(String offender, String what) {
    assertFinds(Rules.startNoThreadBut(Set.of(), OFFENDING), offender, what);
  }

  @Test
  void aStartedThreadOfWhoMayIsNone() {
    assertThat(report(Rules.startNoThreadBut(Set.of("StartsThreads"), OFFENDING)).isEmpty())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"OpensThings, Socket"})
  void anOpenSocketIsFound(String offender, String what) {
    assertFinds(Rules.openNoSocket(OFFENDING), offender, what);
  }

  @ParameterizedTest
  @CsvSource({"ReadsClocks, nanoTime", "ReadsClocks, LocalDate.now", "ReadsClocks, system"})
  void aFoundClockIsFound(String offender, String what) {
    assertFinds(Rules.findNoClock(OFFENDING), offender, what);
  }

  @Test
  void aUseOfTheCentralsOwnIsFound() {
    assertFinds(
        Rules.useOfTheCentralNothingBut(Set.of("Figures"), OFFENDING),
        "UsesTheCentral",
        "ServerLog");
  }

  @ParameterizedTest
  @CsvSource({"UsesMonitors, inAMethod", "UsesMonitors, inABlock", "UsesMonitors, waits"})
  void aMonitorIsFound(String offender, String what) {
    assertFinds(Rules.useNoMonitors(OFFENDING), offender, what);
  }

  @Test
  void reflectionIsFound() {
    assertFinds(Rules.useNoReflection(OFFENDING), "Reflects", "Method");
  }

  @ParameterizedTest
  @CsvSource({"EndsTheProgram, System.exit", "EndsTheProgram, Runtime.halt"})
  void anotherEndOfTheProgramIsFound(String offender, String what) {
    assertFinds(Rules.leaveTheEndToMain(OFFENDING), offender, what);
  }

  private static FailureReport report(ArchRule rule) {
    return rule.evaluate(offending).getFailureReport();
  }

  private static void assertFinds(ArchRule rule, String offender, String what) {
    assertThat(report(rule).getDetails())
        .anySatisfy(detail -> assertThat(detail).contains(offender).contains(what));
  }
}
