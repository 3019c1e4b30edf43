#!/bin/sh
# Says whether the echo server answers: sends it one fresh line by netcat, from inside its own network, and compares
# every byte that comes back before the connection ends. Nothing is installed on the host and no port is published.
# Prints one line; exit 0 when the answer is the line that was sent and nothing more, else 1.
set -u

network=tp0_testing_net
host=server
answer_seconds=5 # for the connection to be had, the answer to come, and the end
all_seconds=60   # with the image fetched for the first time and the container started
answer_bytes_max=4096

# The port that [DEFAULT] says, as the central and Python's configparser read it.
port() {
  awk '
    /^[ \t]*\[.+\]/ { counts = $0 ~ /^[ \t]*\[DEFAULT\]/ }
    counts && tolower($0) ~ /^[ \t]*server_port[ \t]*[=:]/ {
      sub(/^[^=:]*[=:][ \t]*/, "")
      sub(/[ \t\r]*$/, "")
      port = $0
    }
    END { print port == "" ? 12345 : port }' "$(dirname "$0")/server/config.ini"
}

# What the container runs, given message, host, port and the two bounds.
# shellcheck disable=SC2016 # it is the container's shell that expands it
check='
  printf "%s\n" "$1" >sent
  timeout "$4" nc -w "$4" "$2" "$3" <sent | head -c "$5" >answered
  cmp -s sent answered
'

echo_comes_back() {
  message=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  docker run --rm --network "$network" busybox:latest \
    sh -c "$check" check "$message" "$host" "$(port)" "$answer_seconds" "$answer_bytes_max" &
  asking=$!
  (
    trap 'kill "$!"; exit' TERM
    sleep "$all_seconds" &
    wait "$!"
    kill -KILL "$asking"
  ) &
  watching=$!
  wait "$asking"
  answered=$?
  kill "$watching"
  return "$answered"
}

if echo_comes_back >/dev/null 2>&1; then
  echo 'action: test_echo_server | result: success'
else
  echo 'action: test_echo_server | result: fail'
  exit 1
fi
