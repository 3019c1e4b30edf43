#!/usr/bin/env bash
# snakeyaml-engine 3.2, a parser of YAML 1.2: by default it resolves scalars by the JSON schema, not by the core schema.
#
# YAML 1.2 recommends the core schema, in which `~` is null, `True` a boolean and `0o17` fifteen. By default all of these are
# strings here, `017` too, while `1e3` is a number. A program that asks whether a value is null sees the text "~".
# `LoadSettings.builder().setSchema(new CoreSchema())` changes it; then `017` is seventeen. YamlReader looks at the text itself.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package org.snakeyaml:snakeyaml-engine:3.2
cat >"$folder/Scalars.java" <<'END'
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

class Scalars {
  public static void main(String[] arguments) {
    System.out.println("scalar       default            core schema");
    for (String text : new String[] {"null", "~", "true", "True", "017", "0o17", "0x1F", "1e3", ".5", "''"}) {
      System.out.printf("%-12s %-18s %s%n", text, shown(LoadSettings.builder().build(), text),
          shown(LoadSettings.builder().setSchema(new CoreSchema()).build(), text));
    }
  }

  static String shown(LoadSettings settings, String text) {
    Object value = new Load(settings).loadFromString("key: " + text);
    Object of = ((java.util.Map<?, ?>) value).get("key");
    return of == null ? "null" : of.getClass().getSimpleName() + " " + of;
  }
}
END
run Scalars >"$folder/out" 2>&1
seen "$folder/out" <<'END'
scalar       default            core schema
null         null               null
~            String ~           null
true         Boolean true       Boolean true
True         String True        Boolean true
017          String 017         Integer 17
0o17         String 0o17        Integer 15
0x1F         String 0x1F        Integer 31
1e3          Double 1000.0      Double 1000.0
.5           String .5          Double 0.5
''           String             String 
END
