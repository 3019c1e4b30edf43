#!/usr/bin/env bash
# Docker Compose 2.26.1: a date or a number with a zero in front, in a map of environment variables, reaches the program as another text.
#
# A variable of the environment is a text, and Compose asks only that booleans are quoted in a map. YAML 1.2 has no dates, and reads
# 0757 as 757. One would expect the text that is written, or an error. Seen: the date comes as Go prints a time, 0757 is octal and
# comes as 495, 0890 is not and comes as 890, and 0.10 loses a zero. The same values in a list (- NUMERO=0757) come as written, and so
# do quoted ones. Other formats would be refused by the program; 495 is a good number, and another bet.
# The compose files of the exercises have lists, which generar-compose.sh writes.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if ! docker compose version >/dev/null 2>&1; then
  echo "compose-environment: skipped: there is no docker compose" >&2
  exit 0
fi
cat >"$folder/compose.yaml" <<'END'
name: finding
services:
  map:
    image: any
    environment:
      NOMBRE: Ana
      NACIMIENTO: 1999-03-17
      NUMERO: 0757
      NUMERO_2: 0890
      IMPORTE: 0.10
  quoted:
    image: any
    environment:
      NOMBRE: "Ana"
      NACIMIENTO: "1999-03-17"
      NUMERO: "0757"
      NUMERO_2: "0890"
      IMPORTE: "0.10"
  list:
    image: any
    environment:
      - NOMBRE=Ana
      - NACIMIENTO=1999-03-17
      - NUMERO=0757
      - NUMERO_2=0890
      - IMPORTE=0.10
END
docker compose -f "$folder/compose.yaml" config --format json >"$folder/read"
python3 -c '
import json, sys
services = json.load(open(sys.argv[1]))["services"]
for name in ("map", "quoted", "list"):
    environment = services[name]["environment"]
    print(name + ":", *(f"{key}={environment[key]}" for key in ("NOMBRE", "NACIMIENTO", "NUMERO", "NUMERO_2", "IMPORTE")), sep="\n  ")
' "$folder/read" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
map:
  NOMBRE=Ana
  NACIMIENTO=1999-03-17 00:00:00 +0000 UTC
  NUMERO=495
  NUMERO_2=890
  IMPORTE=0.1
quoted:
  NOMBRE=Ana
  NACIMIENTO=1999-03-17
  NUMERO=0757
  NUMERO_2=0890
  IMPORTE=0.10
list:
  NOMBRE=Ana
  NACIMIENTO=1999-03-17
  NUMERO=0757
  NUMERO_2=0890
  IMPORTE=0.10
END
