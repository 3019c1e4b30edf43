#!/usr/bin/env bash
# Writes the Docker Compose file of a lottery of N agencies for one of the eight exercises.
#
#   generar-compose.sh FILE N [--ejercicio K] [--datos DIR] [--tls CERTIFICATES] [--estado PORT]
#
#   K    1 to 4: echo clients; 5: one bet each, from the environment; 6 to 8: each agency's file.
#        Else what the file .ejercicio beside this script says, else 8.
#   DIR  where the central keeps its data, on the host; else in a volume of its container, gone with it. The central then runs as
#        whoever owns DIR. One that is made here by root is given to the user of the image, or to the owner of the central's key.
#   CERTIFICATES  a folder as `make certificates` lays it: all speak TLS, each with its own certificate and key, and as the owner of
#        that key, which must then be the owner of DIR, too.
#
# No container runs as root or with a capability, and none can write but in the central's data: what is root's is refused with
# the line that changes its owner. Each agency runs for 3 s at least, so that `docker compose logs -f` sees it end.
#   PORT where this host, and no other, sees the central's status: http://127.0.0.1:PORT
#
# FILE is replaced whole or not at all. Its mounts are relative to it: it belongs beside this script.
# Exit: 0 written, 1 it could not be, 2 wrong arguments, 78 wrong .ejercicio.
set -euo pipefail

readonly image_user=10001:10001 # who the programs are, unless said otherwise
readonly agencies_max=250 # what the network's 256 addresses hold, with room for guests
readonly port_max=65535
readonly status_port=12380 # inside the container
readonly min_run=3s
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly root

usage() {
  echo "generar-compose.sh: $1" >&2
  echo 'usage: ./generar-compose.sh FILE N [--ejercicio 1..8] [--datos DIR] [--tls CERTIFICATES] [--estado PORT]' >&2
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
      --ejercicio=?*) exercise=${1#*=} ;;
      --datos=?*) datos=${1#*=} ;;
      --tls=?*) tls=${1#*=} ;;
      --estado=?*) status=${1#*=} ;;
      -*) usage "no such option: $1" ;;
      *) positional+=("$1") ;;
    esac
    shift
  done
  ((${#positional[@]} == 2)) || usage 'FILE and N are wanted'
  file=${positional[0]} agencies=${positional[1]}

  [[ -n $file && $file != */ && ! -d $file ]] || usage "FILE is a folder: '$file'"
  [[ ! -e $file || -f $file ]] || usage "FILE is no ordinary file: '$file'"
  [[ $agencies =~ ^(0|[1-9][0-9]{0,2})$ ]] || usage "N is '$agencies', allowed are 0 to $agencies_max agencies"
  ((agencies <= agencies_max)) || usage "N is $agencies, allowed are 0 to $agencies_max agencies"
  [[ -z $exercise || $exercise =~ ^[1-8]$ ]] || usage "the exercise is '$exercise', allowed are 1 to 8"
  [[ $datos != *[[:cntrl:]]* ]] || usage 'DIR contains control characters'
  [[ $tls != *[[:cntrl:]]* ]] || usage 'CERTIFICATES contains control characters'
  [[ -z $status || $status =~ ^[1-9][0-9]{0,4}$ ]] || usage "PORT is '$status', allowed are 1 to $port_max"
  [[ -z $status ]] || ((status <= port_max)) || usage "PORT is $status, allowed are 1 to $port_max"
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

# not_of_root PATH COMMAND...: refuses what root owns, and says the command that gives it to the user of the image.
not_of_root() {
  [[ $(owner "$1") != 0:* ]] || fail 1 "'$1' belongs to root, and no container runs as root: ${*:2}"
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

server() {
  cat <<END
name: tp0
services:
  server:
    container_name: server
    image: server:latest
    environment:
END
  if ((agencies)); then
    echo "      - LOTERIA_AGENCIES=$agencies"
  else
    echo '      # No agency is started here: the central expects as many as it does by default.'
  fi
  cat <<END
      - LOTERIA_DATA_DIRECTORY=/datos
END
  tls_environment
  if [[ -n $status ]]; then
    printf '      - LOTERIA_STATUS=0.0.0.0:%s\n    ports:\n      - "127.0.0.1:%s:%s"\n' "$status_port" "$status" "$status_port"
  fi
  confined "$central_user"
  cat <<END
    stop_grace_period: 2s
    networks:
      - testing_net
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
  tls_environment
  confined "$([[ -n $tls ]] && owner "$tls/agency-$k.key" || echo "$image_user")"
  cat <<END
    stop_grace_period: 2s
    networks:
      - testing_net
    depends_on:
      server:
        condition: service_healthy
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
  echo "# Exercise $exercise, $agencies agencies; written by generar-compose.sh."
  server
  local k
  for ((k = 1; k <= agencies; k++)); do agency "$k"; done
  network
}

file='' agencies='' exercise='' datos='' tls='' status=''
parse "$@"
exercise=${exercise:-$(exercise_of_the_branch)}
central_user=$image_user

if [[ -n $tls ]]; then
  for name in central $(seq -f 'agency-%.0f' "$agencies"); do
    for wanted in "$name.pem" "$name.key" ca.pem; do
      [[ -f $tls/$wanted ]] || fail 1 "there is no '$tls/$wanted': make certificates DIR=… AGENCIES=$agencies makes them"
    done
    not_of_root "$tls/$name.key" "chown -R $image_user '$tls'"
  done
  tls=$(cd -- "$tls" && pwd)
  central_user=$(owner "$tls/central.key")
fi

made=''
if [[ -n $datos ]]; then
  if [[ ! -d $datos ]]; then
    mkdir -p -- "$datos" || fail 1 "the folder '$datos' cannot be made"
    made=$datos
    ((EUID)) || chown "$central_user" "$datos"
  fi
  datos=$(cd -- "$datos" && pwd)
  not_of_root "$datos" "chown -R $central_user '$datos'"
  [[ -n $tls ]] || central_user=$(owner "$datos")
  if [[ $(owner "$datos") != "$central_user" ]]; then
    [[ -z $made ]] || rmdir -- "$made"
    fail 1 "'$datos' and '$tls/central.key' belong to different users, and the central has to use both: chown -R $central_user '$datos'"
  fi
fi

[[ $file == */* ]] || file=./$file
readonly draft=$file.$$.tmp
trap 'rm -f "$draft"' EXIT
compose >"$draft" || fail 1 "'$file' cannot be written"
mv -f "$draft" "$file" || fail 1 "'$file' cannot be written"
