/** A lottery of the real programs: a central, and agencies that upload as fast as the test lets them. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const LOTERIA = join(import.meta.dirname, "../../loteria");
const HOST = "127.0.0.1";

export class Lottery {
  #agencies;
  #directory = mkdtempSync(join(tmpdir(), "loteria-browser-"));
  #data = join(this.#directory, "data");
  #programs = new Map();
  #relay;
  #port;
  #statusPort;

  /** Makes the bets, and the ways by which agencies come; nothing runs yet. */
  static async of(agencies, bets) {
    const lottery = new Lottery();
    lottery.#agencies = agencies;
    const made = ["--agencies", agencies, "--bets", bets, "--winners", 10, "--seed", 1].map(String);
    execFileSync(LOTERIA, ["generate", ...made, join(lottery.#directory, "bets")]);
    lottery.#port = await freePort();
    lottery.#statusPort = await freePort();
    lottery.#relay = await Relay.to(lottery.#port);
    return lottery;
  }

  get url() {
    return `http://${HOST}:${this.#statusPort}/`;
  }

  /** The central, as it comes up with what it has stored; returns when it can be asked. */
  async startCentral() {
    this.#start("central", [
      "central",
      ...["--bind", HOST, "--server-port", this.#port, "--status", `${HOST}:${this.#statusPort}`],
      ...["--agencies", this.#agencies, "--data-directory", this.#data],
    ]);
    const deadline = performance.now() + 30_000;
    while (
      !(await fetch(`${this.url}livez`).then(
        ({ ok }) => ok,
        () => false,
      ))
    ) {
      assert.ok(
        performance.now() < deadline && this.#programs.get("central").exitCode === null,
        this.log("central"),
      );
      await setTimeout(50);
    }
  }

  startAgency(number) {
    const way = ["--server-address", `${HOST}:${this.#relay.port}`, "--data", join(this.#directory, "bets")];
    this.#start(`agency-${number}`, ["agency", "--id", number, ...way]);
  }

  #start(name, args) {
    const log = openSync(join(this.#directory, `${name}.log`), "a");
    this.#programs.set(name, spawn(LOTERIA, args.map(String), { stdio: ["ignore", log, log] }));
  }

  /** As a fault would: without a word. */
  async kill(name) {
    const program = this.#programs.get(name);
    this.#programs.delete(name);
    if (program.exitCode === null && program.signalCode === null) {
      const gone = once(program, "exit");
      program.kill("SIGKILL");
      await gone;
    }
  }

  /** From now on agencies upload as fast as they can. */
  hurry() {
    this.#relay.hurry();
  }

  log(name) {
    return readFileSync(join(this.#directory, `${name}.log`), "utf8");
  }

  /** The sealed bets, read naively: their hash, how many they are, and how many of each agency have won. */
  sealed() {
    const text = readFileSync(join(this.#data, "bets.csv"));
    const rows = text
      .toString("utf8")
      .trimEnd()
      .split("\r\n")
      .map((row) => row.split(","));
    const winners = new Map();
    for (let agency = 1; agency <= this.#agencies; agency++) {
      winners.set(agency, rows.filter((row) => row[0] === `${agency}` && row.at(-1) === "7574").length);
    }
    return { sha256: createHash("sha256").update(text).digest("hex"), bets: rows.length, winners };
  }

  async end() {
    for (const name of [...this.#programs.keys()]) {
      await this.kill(name);
    }
    this.#relay.close();
    rmSync(this.#directory, { recursive: true });
  }
}

/** The way from the agencies to the central: a narrow one, until there is hurry. */
class Relay {
  static #STEP_BYTES = 4096;
  static #STEP_MILLIS = 400;

  #server = createServer({ pauseOnConnect: true }, (agency) => this.#carry(agency));
  #sockets = new Set();
  #central;
  #hurried = false;

  static async to(port) {
    const relay = new Relay();
    relay.#central = port;
    relay.#server.listen(0, HOST);
    await once(relay.#server, "listening");
    return relay;
  }

  get port() {
    return this.#server.address().port;
  }

  hurry() {
    this.#hurried = true;
  }

  #carry(agency) {
    const central = connect(this.#central, HOST);
    for (const [one, other] of [
      [agency, central],
      [central, agency],
    ]) {
      this.#sockets.add(one);
      one.setNoDelay();
      one.on("error", () => {});
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
    central.pipe(agency);
    const steps = setInterval(() => {
      const bytes = this.#hurried ? agency.read() : (agency.read(Relay.#STEP_BYTES) ?? agency.read());
      if (bytes !== null) {
        central.write(bytes);
      }
    }, Relay.#STEP_MILLIS);
    agency.on("readable", () => {
      if (this.#hurried) {
        const bytes = agency.read();
        if (bytes !== null) {
          central.write(bytes);
        }
      }
    });
    agency.on("close", () => clearInterval(steps));
  }

  close() {
    this.#server.close();
    this.#sockets.forEach((socket) => socket.destroy());
  }
}

async function freePort() {
  const server = createServer().listen(0, HOST);
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
