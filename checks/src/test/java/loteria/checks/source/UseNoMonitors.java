package loteria.checks.source;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.Set;

/**
 * No synchronized method or block, no wait and no notify. Blocks are seen in the byte code alone.
 */
final class UseNoMonitors extends ArchCondition<JavaClass> {
  private static final Set<String> WAITS = Set.of("wait", "notify", "notifyAll");

  UseNoMonitors() {
    super("use no monitors");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    type.getMethods().stream()
        .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
        .forEach(method ->
            events.add(
                SimpleConditionEvent.violated(method, method.getFullName() + " is synchronized")));
    for (MethodModel method : parsed(type).methods()) {
      method
          .code()
          .ifPresent(code -> {
            if (code.elementStream().anyMatch(UseNoMonitors::isMonitor)) {
              events.add(
                  SimpleConditionEvent.violated(
                      type,
                      "%s.%s synchronizes, waits or notifies"
                          .formatted(type.getName(), method.methodName())));
            }
          });
    }
  }

  private static boolean isMonitor(CodeElement element) {
    return switch (element) {
      case MonitorInstruction _ -> true;
      case InvokeInstruction call ->
          call.owner().asInternalName().equals("java/lang/Object")
              && WAITS.contains(call.name().stringValue());
      default -> false;
    };
  }

  private static ClassModel parsed(JavaClass type) {
    try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return ClassFile.of().parse(bytes.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the class file of " + type.getName(), e);
    }
  }
}
