# The whole of it in two commands: `make run`, and `make test`.

DATA ?= .data
COMPOSE = docker compose -f docker-compose-dev.yaml
GENERATE = generate --agencies 5 --bets 80000 --winners 10 --seed 1
# Maven says what is wrong, and what the tests say.
MAVEN = bin/maven -B -ntp -Dstyle.color=never -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
  -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugins.dependency=error -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.compiler=error
TESTS = $(MAVEN) -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire=info
SIMULATION = $(TESTS) -pl checks -am -Dsurefire.failIfNoSpecifiedTests=false
BENCH = -Xms1g -Xmx1g -Xmn700m --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -cp 'bench/target/lib/*' loteria.bench.Main
VERSION := $(shell sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml)
# The commit, and whether there is more than it.
REVISION = $(or $(shell git describe --always --abbrev=40 --match= --dirty 2>/dev/null),unknown)
IMAGE = --build-arg VERSION=$(VERSION) --build-arg REVISION=$(REVISION)
# A seed alone is run alone, and told from beginning to end.
SEEDS ?= $(if $(SEED),1,10000)
# Folders too: one that lost a file is newer than the build.
SOURCES := $(shell find pom.xml */pom.xml */src/main)

export DOCKER_BUILDKIT ?= 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: run run-cluster test test-browser test-kafka simulate mutants torture fuzz bench test-docker build release reproduce data certificates \
  docker-image \
  docker-compose-up docker-compose-down docker-compose-logs entrega format check count clean help

run: dist/.built $(if $(filter .data,$(DATA)),.data/agency-1.csv) ## The main job without Docker; DATA=DIR names other agency-N.csv files
	./loteria run --data "$(DATA)"

run-cluster: dist/.built $(if $(filter .data,$(DATA)),.data/agency-1.csv) ## The same by three centrals over three Kafka brokers, of which one each is killed
	bin/run-cluster "$(DATA)"

test: ## All tests but those that need Docker, Kafka brokers or a browser, or take long
	$(TESTS) verify

check: ## The inner loop, under a minute: format, compiler, unit tests of the modules that differ from BASE=HEAD
	bin/check $(BASE)

test-browser: dist/.built ## The live page in a real browser; skipped with a message if Chromium or npm is missing
	checks/browser/run

# One cluster for all of them, which is gone afterwards. Forty jars are fetched the first time.
test-kafka: ## The tests with real Kafka brokers on this machine; skipped with a message if their jars cannot be had
	@if bin/kafka jars >/dev/null; then \
	  echo 'loteria: the tests with Kafka, on a cluster of three brokers' \
	  && bin/kafka with target/kafka/cluster $(TESTS) -pl kafka,tool,checks -am -Dexcluded.groups= -Dgroups=kafka \
	    -Dkafka.cluster="$(CURDIR)/target/kafka/cluster" verify; \
	else echo 'loteria: the tests with Kafka are skipped' >&2; fi

simulate: ## The whole system in virtual time, seed by seed; SEEDS=N says how many, SEED=S the first, or the only one
	$(SIMULATION) -Dtest=SimulationCampaign -Dsimulation.seeds=$(SEEDS) -Dsimulation.seed=$(or $(SEED),1) test

mutants: ## Deliberate bugs, each of which the simulation must catch
	$(SIMULATION) -Dtest=MutantsCampaign test

torture: ## Real programs, disks and networks in trouble, round after round for MINUTES=n; CASE=C runs one, SEED=S from there
	$(SIMULATION) -Dtest=TortureCampaign -Dtorture.minutes=$(or $(MINUTES),1) -Dtorture.case='$(CASE)' -Dtorture.seed=$(or $(SEED),1) test

fuzz: ## Coverage-guided fuzzing of all that reads bytes of others, for MINUTES=n each; TARGET=T only those with that in their name
	bin/fuzz $(or $(MINUTES),1) '$(TARGET)'

bench: dist/.built bench/target/.built ## What the programs reach, beside the floor; ONLY=ingest,start RUNS=n BETS=n SIZE=full BASE=DIR DISK=DIR
	"$$(bin/jdk)/bin/java" $(BENCH) only=$(ONLY) runs=$(RUNS) bets=$(BETS) size=$(SIZE) base=$(BASE) disk=$(DISK)

# Into a distribution of its own: that of the programs, which is measured, stays as it was built.
bench/target/.built: dist/.built
	$(MAVEN) -Dmaven.test.skip -Ddistribution="$(CURDIR)/bench/target/dist" -pl bench -am package
	touch $@

test-docker: ## The exercises, black-box, on a Docker engine; LOTERIA_DATASET=DIR adds a data set of your own
	@docker info >/dev/null 2>&1 || { echo 'loteria: these tests need a Docker engine, and "docker info" finds none' >&2; exit 1; }
	$(TESTS) -pl checks -am -Dexcluded.groups= -Dgroups=docker verify

build: dist/.built ## The programs, in dist/lib

dist/.built: $(SOURCES)
	rm -rf dist
	$(MAVEN) -Dmaven.test.skip -pl tool -am package
	echo '$(REVISION)' >dist/revision
	bin/aot train "$$(bin/jdk)" dist || echo 'loteria: no AOT cache could be laid: the programs start more slowly' >&2
	touch $@

release: ## The distribution as a tar.gz in target/release, with an SBOM; a commit gives the same bytes each time
	bin/release

reproduce: ## Make the release from two clones in different places, and compare the bytes
	bin/release --twice

data: .data/agency-1.csv ## Five agencies with some 80,000 bets in .data, unless there are any

.data/agency-1.csv: | dist/.built
	./loteria $(GENERATE) .data

certificates: dist/.built ## A CA, and certificates of a central and AGENCIES=5, in DIR, to try TLS out; HOSTS="NAME…" the central's names
	./loteria certificates --agencies $(or $(AGENCIES),5) $(foreach host,$(HOSTS),--host $(host)) "$(or $(DIR),certificates)"

docker-image: ## The images server:latest and client:latest, from source
	docker build $(IMAGE) -f server/Dockerfile -t server:latest .
	docker build $(IMAGE) -f client/Dockerfile -t client:latest .

docker-compose-up: docker-image ## Start what docker-compose-dev.yaml says
	@# The data are made in a container: a host with Docker alone is enough.
	[ -e .data/agency-1.csv ] || docker run --rm --user "$$(id -u):$$(id -g)" --volume "$(CURDIR)":/project --workdir /project \
	  --entrypoint /loteria/loteria client:latest $(GENERATE) .data
	@# A new lottery each time: a central that is made anew begins with an empty volume.
	$(COMPOSE) up -d --build --renew-anon-volumes

docker-compose-down: ## Stop and remove it, with the central's volume
	$(COMPOSE) stop -t 1
	$(COMPOSE) down --volumes

docker-compose-logs: ## Follow its logs
	$(COMPOSE) logs -f

entrega: ## Lay the branches ej1 to ej8 on the present commit
	bin/entrega

format: ## Lay every Java source in the project's format
	bin/format

count: ## Lines of Java in each module, and in the spine
	bin/count

clean: ## Remove build output; keep data
	rm -rf dist target */target checks/browser/node_modules

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' Makefile
