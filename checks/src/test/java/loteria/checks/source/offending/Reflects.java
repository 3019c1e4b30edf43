package loteria.checks.source.offending;

import java.lang.reflect.Method;

final class Reflects {
  private Reflects() {}

  static Object reflects(Object on) throws ReflectiveOperationException {
    Method method = Object.class.getMethod("hashCode");
    return method.invoke(on);
  }
}
