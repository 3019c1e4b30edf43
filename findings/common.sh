# shellcheck shell=bash
# What the findings share: a temporary folder, which is removed at the end; a JDK 25; packages of Maven Central; a comparison.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
java=$("$here/../bin/jdk" --compiler)/bin/java

# package GROUP:ARTIFACT:VERSION: puts its jar into $folder, without what it depends on
package() {
  mvn -q -B -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy -Dartifact="$1" -DoutputDirectory="$folder"
}

# run NAME ARGUMENT...: runs $folder/NAME.java, in English and in UTF-8
run() {
  local name=$1
  shift
  LC_ALL=C.UTF-8 "$java" -Duser.language=en -cp "$folder/*" "$folder/$name.java" "$@"
}

# seen FILE: compares what was seen now with what was seen when this was written (standard input); fails if they differ
seen() {
  if diff -u --label 'seen before' --label 'seen now' - "$1"; then
    echo "$(basename "$0" .sh): as it was seen before"
  else
    echo "$(basename "$0" .sh): it behaves otherwise now" >&2
    exit 1
  fi
}
