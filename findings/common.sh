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

# start_kafka VERSION: starts one broker of that version on the loopback, where $address says; it is killed at the end. Its log, and the
# client, are in $folder
start_kafka() {
  local port controller
  cat >"$folder/pom.xml" <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
END
  mvn -q -B -Dstyle.color=never -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
    -DoutputDirectory="$folder" -DincludeScope=runtime
  read -r port controller < <(python3 -c '
import socket
ports = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(port.getsockname()[1] for port in ports))')
  cat >"$folder/server.properties" <<END
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controller
controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers=127.0.0.1:$controller
log.dirs=$folder/log
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
END
  "$java" -cp "$folder/*" kafka.tools.StorageTool format -t AAAAAAAAAAAAAAAAAAAAAQ -c "$folder/server.properties" --standalone >/dev/null
  "$java" -Xmx256m -XX:TieredStopAtLevel=1 -cp "$folder/*" kafka.Kafka "$folder/server.properties" >"$folder/broker" 2>&1 &
  trap 'kill -9 '$!' 2>/dev/null; wait '$!' 2>/dev/null || true; rm -rf "$folder"' EXIT
  address=127.0.0.1:$port
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
