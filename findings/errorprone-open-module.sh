#!/usr/bin/env bash
# Error Prone 2.52.0: NotJavadoc takes the Javadoc of an `open module` for a comment that documents nothing.
#
# The javadoc tool puts a comment before `open module` on the module's page, as it does before `module`. Error Prone looks for the
# declaration at the word `module`: with `open` before it, the comment seems to stand elsewhere, and with -Werror the build ends. So
# the module-info of the tool has a comment that is no Javadoc.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cat >"$folder/pom.xml" <<'END'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>com.google.errorprone</groupId><artifactId>error_prone_core</artifactId><version>2.52.0</version></dependency>
  </dependencies>
</project>
END
mvn -q -B -Dstyle.color=never -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
  -DoutputDirectory="$folder/jars" -DincludeScope=runtime
opened=()
for package in api file main model parser processing tree util; do
  opened+=("-J--add-exports=jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED")
done
opened+=(-J--add-opens=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED -J--add-opens=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED)

# documented NAME DECLARATION: whether Error Prone and the javadoc tool see the comment of a module
documented() {
  mkdir -p "$folder/$1/p"
  printf '/** What the module is for. */\n%s m {\n  exports p;\n}\n' "$2" >"$folder/$1/module-info.java"
  printf '/** A package. */\npackage p;\n' >"$folder/$1/p/package-info.java"
  printf 'package p;\n\n/** A class. */\npublic final class C {\n  private C() {}\n}\n' >"$folder/$1/p/C.java"
  local warnings page
  warnings=$("${java%java}javac" -d "$folder/$1/classes" "${opened[@]}" -XDcompilePolicy=simple --should-stop=ifError=FLOW \
    -processorpath "$(printf '%s:' "$folder"/jars/*.jar)" -Xplugin:ErrorProne "$folder/$1/module-info.java" "$folder/$1"/p/*.java 2>&1 \
    | grep -c '\[NotJavadoc\]' || true)
  "${java%java}javadoc" -quiet -d "$folder/$1/doc" "$folder/$1/module-info.java" "$folder/$1"/p/*.java >/dev/null 2>&1
  page=$(grep -c 'What the module is for' "$folder/$1/doc/m/module-summary.html" || true)
  echo "$2: $warnings warning of NotJavadoc; on the module's page: $( ((page)) && echo yes || echo no)"
}

{ documented closed module; documented opened 'open module'; } >"$folder/out"
seen "$folder/out" <<'END'
module: 0 warning of NotJavadoc; on the module's page: yes
open module: 1 warning of NotJavadoc; on the module's page: yes
END
