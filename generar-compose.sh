#!/usr/bin/env bash
# Writes the Docker Compose file of a lottery of N agencies for one of the eight exercises.
#
#   generar-compose.sh FILE N [--ejercicio K] [--datos DIR] [--tls CERTIFICATES] [--estado PORT] [--kafka]
#
#   K    1 to 4: echo clients; 5: one bet each, from the environment; 6 to 8: each agency's file.
#        Else what the file .ejercicio beside this script says, else 8.
#   DIR  where the central keeps its data, on the host; else in a volume of its container, gone with it. The central then runs as
#        whoever owns DIR. One that is made here by root is given to the user of the image, or to the owner of the central's key.
#   CERTIFICATES  a folder as `make certificates` lays it: all speak TLS, each with its own certificate and key, and as the owner of
#        that key, which must then be the owner of DIR, too.
#
# No container runs as root or with a capability, and none of ours can write but in the central's data: what is root's is refused
# with one line that changes its owner. Of CERTIFICATES it names only what the containers read, and never ca.key. Each agency runs for 3 s at least, so that `docker compose logs -f` sees it end.
#   PORT where this host, and no other, sees the central's status: http://127.0.0.1:PORT
#
# With --kafka three centrals share the lottery over three brokers of Kafka, server1 to server3 over kafka1 to kafka3, and each agency
# knows all three (docs/KAFKA.md). Of exercises 5 to 8, without --datos: each central has a volume of its own. Their certificate is one:
# make certificates HOSTS="server1 server2 server3". Their status is at PORT, PORT + 1 and PORT + 2.
#
# FILE is replaced whole or not at all. Its mounts are relative to it: it belongs beside this script.
# Exit: 0 written, 1 it could not be, 2 wrong arguments, 78 wrong .ejercicio.
set -euo pipefail

readonly image_user=10001:10001 # who the programs are, unless said otherwise
agencies_max=250 # what the network's 256 addresses hold, with room for guests
readonly port_max=65535
readonly status_port=12380 # inside the container, as those that follow
readonly agency_port=12345 peer_port=12346 broker_port=9092 controller_port=9093
readonly centrals=3 # and as many brokers
readonly kafka_image=apache/kafka:4.4.0 kafka_cluster=bG90ZXJpYS1kZS1wcnVlYg
readonly min_run=3s
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly root

usage() {
  echo "generar-compose.sh: $1" >&2
  echo 'usage: ./generar-compose.sh FILE N [--ejercicio 1..8] [--datos DIR] [--tls CERTIFICATES] [--estado PORT] [--kafka]' >&2
  exit 2
}

fail() {
  echo "generar-compose.sh: $2" >&2
  exit "$1"
}

parse() {
  local positional=()
  while (($#)); do
    case $1 in
      --ejercicio | --datos | --tls | --estado)
        [[ -n ${2-} ]] || usage "$1 wants a value"
        case $1 in
          --datos) datos=$2 ;;
          --tls) tls=$2 ;;
          --estado) status=$2 ;;
          *) exercise=$2 ;;
        esac
        shift
        ;;
      --kafka) kafka=yes ;;
      --ejercicio=?*) exercise=${1#*=} ;;
      --datos=?*) datos=${1#*=} ;;
      --tls=?*) tls=${1#*=} ;;
      --estado=?*) status=${1#*=} ;;
      --ejercicio= | --datos= | --tls= | --estado=) usage "${1%=} wants a value" ;;
      -*) usage "no such option: $1" ;;
      *) positional+=("$1") ;;
    esac
    shift
  done
  ((${#positional[@]} >= 2)) || usage 'FILE and N are wanted'
  ((${#positional[@]} == 2)) || usage "an argument too many: '${positional[2]}'"
  file=${positional[0]} agencies=${positional[1]}

  [[ -n $file ]] || usage 'FILE is empty'
  [[ $file != */ && ! -d $file ]] || usage "FILE is a folder: '$file'"
  [[ ! -e $file || -f $file ]] || usage "FILE is no ordinary file: '$file'"
  [[ -z $kafka ]] || agencies_max=240 status_more=$((centrals - 1))
  [[ $agencies =~ ^(0|[1-9][0-9]{0,2})$ ]] || usage "N is '$agencies', allowed are 0 to $agencies_max agencies"
  ((agencies <= agencies_max)) || usage "N is $agencies, allowed are 0 to $agencies_max agencies"
  [[ -z $exercise || $exercise =~ ^[1-8]$ ]] || usage "the exercise is '$exercise', allowed are 1 to 8"
  [[ $datos != *[[:cntrl:]]* ]] || usage 'DIR contains control characters'
  [[ $tls != *[[:cntrl:]]* ]] || usage 'CERTIFICATES contains control characters'
  [[ -z $status || $status =~ ^[1-9][0-9]{0,4}$ ]] || usage "PORT is '$status', allowed are 1 to $((port_max - status_more))"
  [[ -z $status ]] || ((status <= port_max - status_more)) || usage "PORT is $status, allowed are 1 to $((port_max - status_more))"
  [[ -z $kafka || -z $datos ]] || usage '--datos is of one central, and with --kafka there are three'
  [[ $file != */* || -d ${file%/*}/ ]] || fail 1 "'$file' cannot be written: there is no folder '${file%/*}'"
}

# The exercise that the branch stands for.
exercise_of_the_branch() {
  local said=8
  if [[ -e $root/.ejercicio ]]; then
    said=$(<"$root/.ejercicio")
    [[ $said =~ ^[1-8]$ ]] || fail 78 "$root/.ejercicio says '$said', allowed are 1 to 8"
  fi
  echo "$said"
}

# owner DIR: the numbers of its user and group.
owner() {
  local user group
  read -r _ _ user group _ < <(ls -nd -- "$1")
  echo "$user:$group"
}

of_root() {
  [[ $(owner "$1") == 0:* ]]
}

# require_owners: refuses data and keys that are root's, or of different users, and says the one line that mends all of it. It sets
# who the central is.
require_owners() {
  local name keys=() first='' mend='' data=''
  [[ -z $datos || ! -d $datos ]] || data=$datos
  if [[ -n $tls ]]; then
    for name in "${programs[@]}"; do
      if of_root "$tls/$name.key"; then keys+=("$name"); fi
    done
  fi
  if [[ -n $tls ]] && ! of_root "$tls/central.key"; then
    central_user=$(owner "$tls/central.key")
  elif [[ -n $data ]] && ! of_root "$data"; then
    central_user=$(owner "$data")
  fi
  if ((${#keys[@]})); then
    first=$tls/${keys[0]}.key mend="chown $central_user '$tls/ca.pem'"
    for name in "${keys[@]}"; do mend+=" '$tls/$name.pem' '$tls/$name.key'"; done
  fi
  if [[ -n $data && $(owner "$data") != "$central_user" ]]; then
    mend+="${mend:+ && }chown -R $central_user '$data'"
  fi
  [[ -n $mend ]] || return 0
  if [[ -n $first && -n $data ]] && of_root "$data"; then
    fail 1 "'$first' and '$data' belong to root, and no container runs as root: $mend"
  elif [[ -n $first ]] || of_root "$data"; then
    fail 1 "'${first:-$data}' belongs to root, and no container runs as root: $mend"
  fi
  fail 1 "'$data' and '$tls/central.key' belong to different users, and the central has to use both: $mend"
}

# quoted TEXT: TEXT as a YAML scalar that Compose takes as it is.
quoted() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  printf '"%s"' "${text//\$/\$\$}"
}

# Each program has its own key, and no other's: files and not the folder are mounted.
tls_environment() {
  [[ -z $tls ]] || printf '      - LOTERIA_TLS_%s\n' CERTIFICATE=/tls/own.pem KEY=/tls/own.key CA=/tls/ca.pem
}

# tls_mounts NAME: those of the program whose files are NAME.pem and NAME.key.
tls_mounts() {
  [[ -n $tls ]] || return 0
  local pair
  for pair in "$1.pem own.pem" "$1.key own.key" 'ca.pem ca.pem'; do
    printf '      - type: bind\n        source: %s\n        target: /tls/%s\n        read_only: true\n' \
      "$(quoted "$tls/${pair% *}")" "${pair#* }"
  done
}

# confined USER: as whom a container runs, and with nothing that it does not need.
confined() {
  cat <<END
    user: "$1"
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
END
}

# each TEXT: TEXT for each broker or central, with its number for every N, and commas between.
each() {
  local n list=''
  for ((n = 1; n <= centrals; n++)); do list+=,${1//N/$n}; done
  echo "${list#,}"
}

# Its own user, and a volume of its image: nothing of it is mounted.
broker() {
  cat <<END
  kafka$1:
    container_name: kafka$1
    image: $kafka_image
    environment:
      - CLUSTER_ID=$kafka_cluster
      - KAFKA_HEAP_OPTS=-Xmx256m
      - KAFKA_PROCESS_ROLES=broker,controller
      - KAFKA_NODE_ID=$1
      - KAFKA_CONTROLLER_QUORUM_VOTERS=$(each "N@kafkaN:$controller_port")
      - KAFKA_LISTENERS=PLAINTEXT://:$broker_port,CONTROLLER://:$controller_port
      - KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://kafka$1:$broker_port
      - KAFKA_INTER_BROKER_LISTENER_NAME=PLAINTEXT
      - KAFKA_CONTROLLER_LISTENER_NAMES=CONTROLLER
      - KAFKA_LISTENER_SECURITY_PROTOCOL_MAP=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
      - KAFKA_LOG_DIRS=/var/lib/kafka/data
      - KAFKA_LOG_FLUSH_INTERVAL_MESSAGES=1
      - KAFKA_AUTO_CREATE_TOPICS_ENABLE=false
      - KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS=0
      - KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS=5
      - KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR=3
      - KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS=5
      - KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR=3
      - KAFKA_TRANSACTION_STATE_LOG_MIN_ISR=2
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    stop_grace_period: 10s
    networks:
      - testing_net
    healthcheck:
      test: ["CMD", "bash", "-c", "</dev/tcp/localhost/$broker_port"]
      interval: 1s
      start_period: 60s
    volumes:
      - /var/lib/kafka/data
END
}

# Makes the topics, and ends.
topics() {
  cat <<END
  topics:
    container_name: topics
    image: server:latest
    entrypoint: ["/loteria/loteria", "kafka"]
    command: ["prepare", "--kafka", "$(each "kafkaN:$broker_port")", "--name", "loteria"]
    restart: on-failure:10
END
  confined "$image_user"
  cat <<END
    stop_grace_period: 2s
    networks:
      - testing_net
    depends_on:
END
  local n
  for ((n = 1; n <= centrals; n++)); do printf '      kafka%d:\n        condition: service_healthy\n' "$n"; done
}

# server NAME: a central, of its own or one of several.
server() {
  local name=$1
  cat <<END
  $name:
    container_name: $name
    image: server:latest
END
  # The launcher has Kafka's client on the class path; the image's own entry point has not.
  [[ -z $kafka ]] || echo '    entrypoint: ["/loteria/loteria", "central"]'
  echo '    environment:'
  if ((agencies)); then
    echo "      - LOTERIA_AGENCIES=$agencies"
  else
    echo '      # No agency is started here: the central expects as many as it does by default.'
  fi
  cat <<END
      - LOTERIA_DATA_DIRECTORY=/datos
END
  if [[ -n $kafka ]]; then
    printf '      - LOTERIA_%s\n' "KAFKA=$(each "kafkaN:$broker_port")" KAFKA_NAME=loteria "PEER_ADDRESS=$name:$peer_port"
  fi
  tls_environment
  if [[ -n $status ]]; then
    printf '      - LOTERIA_STATUS=0.0.0.0:%s\n    ports:\n      - "127.0.0.1:%s:%s"\n' "$status_port" "$status" "$status_port"
    ((status += 1))
  fi
  confined "$central_user"
  cat <<END
    stop_grace_period: 2s
    networks:
      - testing_net
END
  [[ -z $kafka ]] || printf '    depends_on:\n      topics:\n        condition: service_completed_successfully\n'
  cat <<END
    volumes:
      - ./server/config.ini:/config.ini:ro
END
  if [[ -n $datos ]]; then
    printf '      - type: bind\n        source: %s\n        target: /datos\n' "$(quoted "$datos")"
  else
    echo '      - /datos'
  fi
  tls_mounts central
}

# A person for each agency: names, document, birth date and number go round at paces that share no factor.
bet() {
  local k=$1
  local names=('Rocío Belén' 'Héctor' 'María José' 'Ezequiel' 'Úrsula' 'Joaquín' 'Nélida Inés' 'Facundo' 'Abril' 'Íñigo' 'Camila')
  local surnames=('Quiroga' 'Núñez' 'Ferreyra' 'García Moreno' 'Ledesma' 'Agüero' "D'Angelo" 'Peralta' 'Ibáñez' 'Sosa' 'Villalba'
    'de la Fuente' 'Cáceres')
  local year=$((1956 + k * 17 % 50))
  local document=$((10700000 + (year - 1956) * 725000 + k * 2741 % 725000))
  printf '      - %s\n' \
    "NOMBRE=${names[k % ${#names[@]}]}" \
    "APELLIDO=${surnames[k % ${#surnames[@]}]}" \
    "DOCUMENTO=$document" \
    "NACIMIENTO=$(printf '%d-%02d-%02d' "$year" $((1 + k * 5 % 12)) $((1 + k * 11 % 28)))" \
    "NUMERO=$((k * 2503 % 10000))"
}

agency() {
  local k=$1
  cat <<END
  client$k:
    container_name: client$k
    image: client:latest
    environment:
      - CLI_ID=$k
END
  case $exercise in
    [1-4]) echo '      - LOTERIA_TASK=echo' ;;
    5) echo '      - LOTERIA_TASK=bet' && bet "$k" ;;
    *) echo '      - LOTERIA_TASK=upload' ;;
  esac
  echo "      - LOTERIA_MIN_RUN=$min_run"
  [[ -z $kafka ]] || echo "      - CLI_SERVER_ADDRESS=$(each "serverN:$agency_port")"
  tls_environment
  confined "$([[ -n $tls ]] && owner "$tls/agency-$k.key" || echo "$image_user")"
  cat <<END
    stop_grace_period: 2s
    networks:
      - testing_net
    depends_on:
END
  local name
  for name in "${servers[@]}"; do printf '      %s:\n        condition: service_healthy\n' "$name"; done
  cat <<END
    volumes:
      - ./client/config.yaml:/config.yaml:ro
END
  if ((exercise >= 6)); then
    echo '      - ./.data:/.data:ro'
  fi
  tls_mounts "agency-$k"
}

network() {
  cat <<END
networks:
  testing_net:
    ipam:
      driver: default
      config:
        - subnet: 172.25.125.0/24
END
}

compose() {
  local k name
  echo "# Exercise $exercise, $agencies agencies${kafka:+, $centrals centrals over Kafka}; written by generar-compose.sh."
  printf 'name: tp0\nservices:\n'
  if [[ -n $kafka ]]; then
    for ((k = 1; k <= centrals; k++)); do broker "$k"; done
    topics
  fi
  for name in "${servers[@]}"; do server "$name"; done
  for ((k = 1; k <= agencies; k++)); do agency "$k"; done
  network
}

file='' agencies='' exercise='' datos='' tls='' status='' kafka='' status_more=0
parse "$@"
exercise=${exercise:-$(exercise_of_the_branch)}
servers=(server)
if [[ -n $kafka ]]; then
  ((exercise >= 5)) || usage "exercise $exercise has nothing to share: --kafka is of 5 to 8"
  IFS=, read -ra servers <<<"$(each serverN)"
fi
central_user=$image_user

if [[ -n $tls ]]; then
  programs=(central)
  for ((k = 1; k <= agencies; k++)); do programs+=("agency-$k"); done
  for name in "${programs[@]}"; do
    for wanted in "$name.pem" "$name.key" ca.pem; do
      [[ -f $tls/$wanted ]] || fail 1 "there is no '$tls/$wanted': make certificates DIR=… AGENCIES=$agencies makes them"
    done
  done
  tls=$(cd -- "$tls" && pwd)
fi
[[ -z $datos || ! -d $datos ]] || datos=$(cd -- "$datos" && pwd)
require_owners

if [[ -n $datos && ! -d $datos ]]; then
  made=$datos
  mkdir -p -- "$made" || fail 1 "the folder '$made' cannot be made"
  datos=$(cd -- "$made" && pwd)
  if ((EUID == 0)); then
    chown "$central_user" "$datos"
  elif [[ -z $tls ]]; then
    central_user=$(owner "$datos")
  elif [[ $(owner "$datos") != "$central_user" ]]; then
    rmdir -- "$made"
    fail 1 "'$datos' would belong to another user than '$tls/central.key', and the central has to use both: make it, and chown $central_user '$datos'"
  fi
fi

[[ $file == */* ]] || file=./$file
readonly draft=$file.$$.tmp
trap 'rm -f "$draft"' EXIT
{ compose >"$draft"; } 2>/dev/null || fail 1 "'$file' cannot be written"
mv -f "$draft" "$file" || fail 1 "'$file' cannot be written"
