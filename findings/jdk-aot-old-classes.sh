#!/usr/bin/env bash
# JDK 25: an AOT cache (JEP 483, 514) runs the classes that it was made of, although the jar has changed since.
#
# JEP 483 asks for the same class path in training and later, and an archive of CDS, which the cache comes from, is refused if the
# size or the time of a jar differs. One would expect the same of the cache, or at least an error with -XX:AOTMode=on. Seen: another
# jar in the same place, a class path of one other folder, and one that has no such class at all: each time the old class runs, and
# no line says so. JDK-8377932 is about the jar that has changed. bin/aot puts a sum of all jars into the name of a cache.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cd "$folder"
unset JAVA_TOOL_OPTIONS
# jar_of FOLDER WORD: FOLDER/T.class, which says that word, and FOLDER.jar of it
jar_of() {
  mkdir "$1"
  echo "class T { public static void main(String[] none) { System.out.println(\"$2\"); } }" >"$1/T.java"
  "${java%java}javac" -d "$1" "$1/T.java"
  "${java%java}jar" --create --file "$1.jar" -C "$1" T.class
}
jar_of first 'the first'
jar_of second 'the second, of another length'
mkdir empty

cp first.jar t.jar
"$java" -XX:AOTCacheOutput=t.aot -cp t.jar T >made 2>&1 || { cat made; exit 1; }
"$java" -XX:ArchiveClassesAtExit=t.jsa -cp t.jar T >made 2>&1 || { cat made; exit 1; }
cp second.jar t.jar
touch -d 2020-01-01 t.jar

# says WHAT OPTION...: what the program says with these options, and what the JVM has to say
says() {
  echo "$1: $("$java" "${@:2}" T 2>&1)"
}
{
  says 'another jar' -cp t.jar
  says 'another jar, archive of CDS' -XX:SharedArchiveFile=t.jsa -Xlog:disable -cp t.jar
  says 'another jar, AOT cache' -XX:AOTCache=t.aot -cp t.jar
  says 'another jar, AOT cache, no way without' -XX:AOTCache=t.aot -XX:AOTMode=on -cp t.jar
  says 'another folder, AOT cache, no way without' -XX:AOTCache=t.aot -XX:AOTMode=on -cp second
  says 'no such class, AOT cache, no way without' -XX:AOTCache=t.aot -XX:AOTMode=on -cp empty
} >out 2>&1
seen out <<'END'
another jar: the second, of another length
another jar, archive of CDS: the second, of another length
another jar, AOT cache: the first
another jar, AOT cache, no way without: the first
another folder, AOT cache, no way without: the first
no such class, AOT cache, no way without: the first
END
