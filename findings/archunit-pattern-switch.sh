#!/usr/bin/env bash
# ArchUnit 1.5.0, classes of javac 25: "case Type _" of a switch is no dependency on that type, but "case Type _, Other _" is one.
#
# ArchUnit knows `instanceof` as a dependency, patterns included, so one would expect the same of a switch over patterns. javac makes
# an invokedynamic of it, with the types as its arguments, and ArchUnit does not look there (its issue 1699 tells the same of `when`
# of Kotlin 2.4.20). It sees two types of one case, since javac makes instanceof of those; and a type of which a method is called. So
# a rule "no class of a depends on b" holds or does not by the form of a case. jdeps sees all of them.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package com.tngtech.archunit:archunit:1.5.0
package org.slf4j:slf4j-api:2.0.17
package org.slf4j:slf4j-nop:2.0.17
mkdir -p "$folder/classes"
cat >"$folder/B.java" <<'END'
package b;

public class B {
  public void use() {}

  public record Pair(Object left, Object right) {}
}
END
cat >"$folder/A.java" <<'END'
package a;

import b.B;

class Instanceof {
  static boolean is(Object any) {
    return any instanceof B;
  }
}

class InstanceofWithPattern {
  static boolean is(Object any) {
    return any instanceof B _;
  }
}

class Case {
  static boolean is(Object any) {
    return switch (any) {
      case B _ -> true;
      default -> false;
    };
  }
}

class CaseWithName {
  static Object is(Object any) {
    return switch (any) {
      case B found -> found.hashCode();
      default -> false;
    };
  }
}

class CaseOfTwo {
  static boolean is(Object any) {
    return switch (any) {
      case B _, String _ -> true;
      default -> false;
    };
  }
}

class CaseOfRecord {
  static boolean is(Object any) {
    return switch (any) {
      case B.Pair(var _, var _) -> true;
      default -> false;
    };
  }
}

class CaseAndCall {
  static void is(Object any) {
    switch (any) {
      case B found -> found.use();
      default -> {}
    }
  }
}
END
"${java%java}javac" -d "$folder/classes" "$folder/A.java" "$folder/B.java"
cat >"$folder/Dependencies.java" <<'END'
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

class Dependencies {
  public static void main(String[] arguments) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    ToolProvider.findFirst("jdeps").orElseThrow().run(out, out, "-v", arguments[0]);
    var classes = new ClassFileImporter().importPath(Path.of(arguments[0]));
    for (String name : List.of("Instanceof", "InstanceofWithPattern", "Case", "CaseWithName", "CaseOfTwo", "CaseOfRecord",
        "CaseAndCall")) {
      boolean seen =
          classes.get("a." + name).getDirectDependenciesFromSelf().stream()
              .anyMatch(dependency -> dependency.getTargetClass().getPackageName().equals("b"));
      boolean there = said.toString().lines().anyMatch(line -> line.strip().matches("a\\." + name + " +-> b\\.B.*"));
      System.out.printf("%s: ArchUnit %s, jdeps %s%n", name, seen, there);
    }
  }
}
END
run Dependencies "$folder/classes" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
Instanceof: ArchUnit true, jdeps true
InstanceofWithPattern: ArchUnit true, jdeps true
Case: ArchUnit false, jdeps true
CaseWithName: ArchUnit false, jdeps true
CaseOfTwo: ArchUnit true, jdeps true
CaseOfRecord: ArchUnit true, jdeps true
CaseAndCall: ArchUnit true, jdeps true
END
