package loteria.checks.source;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantPool;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the layers may not do; each rule is about the classes of the packages that it is given. */
final class Rules {
  private static final Set<String> HARMLESS_IO =
      Set.of(
          "java.io.Serializable",
          "java.io.Serial",
          "java.io.IOException",
          "java.io.EOFException",
          "java.io.UncheckedIOException",
          "java.io.ByteArrayInputStream",
          "java.io.ByteArrayOutputStream");

  private static final Set<String> CLOCKS =
      Set.of("java.time.Clock", "java.time.InstantSource", "java.util.Date", "java.util.Calendar");

  private static final Set<String> CLOCK_METHODS =
      Set.of("java.lang.System.nanoTime", "java.lang.System.currentTimeMillis");

  private static final Set<String> ENDS =
      Set.of("java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt");

  private static final Set<String> MAY_END = Set.of("Main", "Termination", "Health");

  private Rules() {}

  static ArchRule importNothingBut(String module, Set<String> allowed) {
    return noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat(
            describe(
                "are of a module other than " + allowed,
                other ->
                    other.getPackageName().startsWith("loteria.")
                        && !other.getPackageName().equals(module)
                        && !allowed.contains(other.getPackageName())));
  }

  /**
   * The same of the type of a {@code case}, which ArchUnit 1.5.0 does not see: so of every class
   * that the class file names.
   */
  static ArchRule nameNothingBut(String module, Set<String> allowed) {
    return classes()
        .that()
        .resideInAPackage(module)
        .should(
            new ArchCondition<>("name nothing of a module other than " + allowed) {
              @Override
              public void check(JavaClass checked, ConditionEvents events) {
                named(checked)
                    .filter(other -> other.startsWith("loteria."))
                    .filter(other -> !packageOf(other).equals(module))
                    .filter(other -> !allowed.contains(packageOf(other)))
                    .forEach(other ->
                        events.add(
                            SimpleConditionEvent.violated(
                                checked, checked.getName() + " names " + other)));
              }
            });
  }

  private static Stream<String> named(JavaClass checked) {
    ConstantPool pool;
    try (InputStream file = checked.getSource().orElseThrow().getUri().toURL().openStream()) {
      pool = ClassFile.of().parse(file.readAllBytes()).constantPool();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return StreamSupport.stream(pool.spliterator(), false)
        .filter(ClassEntry.class::isInstance)
        .map(entry -> ((ClassEntry) entry).asInternalName().replace('/', '.'));
  }

  private static String packageOf(String className) {
    return className.substring(0, className.lastIndexOf('.'));
  }

  /** What all of the central's packages share: its figures, its log, its settings. */
  static ArchRule useOfTheCentralNothingBut(Set<String> allowed, String... packages) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .dependOnClassesThat(
            describe(
                "are of the central and other than " + allowed,
                other ->
                    other.getPackageName().equals("loteria.server")
                        && !allowed.contains(outermost(other).getSimpleName())));
  }

  static ArchRule openNoSocket(String... modules) {
    return noClasses()
        .that()
        .resideInAnyPackage(modules)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.nio.channels..", "java.net..", "javax.net.."));
  }

  static ArchRule openNoFileAndNoSocket(String... modules) {
    return noClasses()
        .that()
        .resideInAnyPackage(modules)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.nio.file..", "java.nio.channels..", "java.net..", "javax.net..")
                .or(
                    resideInAPackage("java.io")
                        .and(describe("do I/O", io -> !HARMLESS_IO.contains(io.getName())))));
  }

  static ArchRule readNoClock(String... modules) {
    return noClasses()
        .that()
        .resideInAnyPackage(modules)
        .should()
        .dependOnClassesThat(describe("are clocks", type -> CLOCKS.contains(type.getName())))
        .orShould()
        .accessTargetWhere(
            calls(
                "read a clock",
                target ->
                    CLOCK_METHODS.contains(nameOf(target))
                        || (target.getOwner().getPackageName().equals("java.time")
                            && target.getName().equals("now"))));
  }

  /** A clock may be given, and is then read as any other thing; nobody finds one. */
  static ArchRule findNoClock(String... modules) {
    return noClasses()
        .that()
        .resideInAnyPackage(modules)
        .should()
        .accessTargetWhere(calls("find a clock", Rules::findsClock));
  }

  private static boolean findsClock(AccessTarget target) {
    return CLOCK_METHODS.contains(nameOf(target))
        || (target.getOwner().getPackageName().equals("java.time")
            && (target.getName().equals("now") || target.getName().startsWith("system")));
  }

  /** Classes of these names may. */
  static ArchRule startNoThreadBut(Set<String> starters, String... modules) {
    return noClasses()
        .that()
        .resideInAnyPackage(modules)
        .and(
            describe(
                "are none of " + starters,
                type -> !starters.contains(outermost(type).getSimpleName())))
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.util.concurrent..")
                .and(describe("do", type -> !type.isEquivalentTo(TimeUnit.class)))
                .or(
                    describe(
                        "are threads or timers",
                        type ->
                            type.isAssignableTo(Thread.class)
                                || type.getName().equals("java.util.Timer"))))
        .orShould()
        .accessTargetWhere(
            calls("work in parallel", target -> target.getName().startsWith("parallel")));
  }

  /** A virtual thread that waits for a monitor can hold its carrier thread (JDK-8373120). */
  static ArchRule useNoMonitors(String... modules) {
    return classes().that().resideInAnyPackage(modules).should(new UseNoMonitors());
  }

  static ArchRule useNoReflection(String... modules) {
    return noClasses()
        .that()
        .resideInAnyPackage(modules)
        // A view of bytes as words is had by a handle, and reflects nothing.
        .and()
        .doNotHaveFullyQualifiedName("loteria.lottery.Words")
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.lang.reflect")
                .or(describe("are method handles", Rules::isMethodHandle)));
  }

  static ArchRule leaveTheEndToMain(String... modules) {
    return noClasses()
        .that()
        .resideInAnyPackage(modules)
        .and(
            describe(
                "do not end the program by their role",
                type -> !MAY_END.contains(outermost(type).getSimpleName())))
        .should()
        .accessTargetWhere(calls("end the program", target -> ENDS.contains(nameOf(target))));
  }

  private static boolean isMethodHandle(JavaClass type) {
    return type.getName().equals("java.lang.invoke.MethodHandles$Lookup")
        || type.getName().equals("java.lang.invoke.VarHandle");
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(Rules::outermost).orElse(type);
  }

  private static DescribedPredicate<JavaAccess<?>> calls(
      String description, java.util.function.Predicate<AccessTarget> target) {
    return describe(description, access -> target.test(access.getTarget()));
  }

  private static String nameOf(AccessTarget target) {
    return target.getOwner().getName() + "." + target.getName();
  }
}
