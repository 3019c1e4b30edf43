/**
 * A central that says of itself what a test tells it to: it serves the page's own files, as strictly as the
 * real one, and whatever status it is given. For states that a real lottery reaches rarely, or never.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, basename } from "node:path";

const PAGE = join(import.meta.dirname, "../../server/src/main/resources/loteria/server/status/page");
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export class PlayedCentral {
  #server = createServer((request, response) => this.#answer(request, response));
  #waiting = [];
  #status = null;

  /** Starts on a port, which is any free one if it is 0. */
  static async start(port = 0) {
    const central = new PlayedCentral();
    await new Promise((started) => central.#server.listen(port, "127.0.0.1", started));
    return central;
  }

  get url() {
    return `http://127.0.0.1:${this.port}/`;
  }

  get port() {
    return this.#server.address().port;
  }

  /** From now on this is the status; who has asked before there was any is answered now. */
  say(status) {
    this.#status = status;
    this.#waiting.splice(0).forEach((response) => this.#tell(response));
  }

  #tell(response) {
    response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" });
    response.end(JSON.stringify(this.#status));
  }

  async #answer(request, response) {
    if (request.url === "/api/status") {
      if (this.#status === null) {
        this.#waiting.push(response);
      } else {
        this.#tell(response);
      }
      return;
    }
    const { pathname } = new URL(request.url, this.url);
    const name = pathname === "/" ? "index.html" : basename(pathname);
    const body = await readFile(join(PAGE, name)).catch(() => null);
    response.writeHead(body === null ? 404 : 200, {
      "Content-Type": `${TYPES[extname(name)] ?? "text/plain"}; charset=utf-8`,
      "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    });
    response.end(body);
  }

  async stop() {
    const stopped = new Promise((done) => this.#server.close(done));
    this.#server.closeAllConnections();
    await stopped;
  }
}

/** A status in the midst of a lottery of five agencies, but for what is said otherwise. */
export function statusWith(changes = {}) {
  return {
    version: "1.0",
    started: "2026-03-01T12:00:00Z",
    now: "2026-03-01T12:05:00Z",
    state: "receiving",
    expected: 5,
    missing: [2, 3, 5],
    bets: 48_721,
    bets_per_second: Array.from({ length: 240 }, (_, second) =>
      Math.round(450 + 300 * Math.sin(second / 17) + ((second * 7919) % 120)),
    ),
    agencies: [
      agency(1, { bets: 14_210, finished: true }),
      agency(2, { bets: 11_873 }),
      agency(3, { bets: 6_127, connected: false, seconds_since_seen: 95 }),
      agency(4, { bets: 16_511, finished: true }),
      agency(5, { bets: 0, connected: false, seconds_since_seen: null }),
    ],
    seal: null,
    draw: null,
    refusals: { GAP: 2, FENCED: 1 },
    connections: 4,
    connections_total: 9,
    journal: { bytes: 2_811_904, fsyncs: 1_204, fsync_seconds: { p50: 0.00082, p99: 0.0041, max: 0.0123 } },
    shared: null,
    ...changes,
  };
}

export function agency(number, changes = {}) {
  return {
    agency: number,
    name: null,
    bets: 0,
    finished: false,
    closed: null,
    connected: true,
    seconds_since_seen: 0,
    winners: null,
    ...changes,
  };
}

/** A lottery of so many agencies, of every kind. */
export function statusOfMany(count) {
  const agencies = Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    switch (true) {
      case number % 41 === 0:
        return agency(number, { bets: number * 3, connected: false, seconds_since_seen: number });
      case number % 23 === 0:
        return agency(number, { connected: false, seconds_since_seen: null });
      case number % 97 === 0:
        return agency(number, { bets: 12, closed: "no answers by telephone" });
      case number % 3 === 0:
        return agency(number, { bets: 100 + ((number * 7919) % 9000) });
      default:
        return agency(number, { bets: 100 + ((number * 104_729) % 9000), finished: true });
    }
  });
  return statusWith({
    expected: count,
    agencies,
    missing: agencies.filter((each) => !each.finished && each.closed === null).map((each) => each.agency),
    bets: agencies.reduce((sum, { bets }) => sum + bets, 0),
  });
}

/** The same lottery, sealed, with every agency waiting for the draw. */
export function sealed(status) {
  const held = drawn(status);
  return {
    ...held,
    state: "sealed",
    draw: null,
    agencies: held.agencies.map((each) => ({ ...each, winners: null, connected: true, seconds_since_seen: 2 })),
  };
}

/** The same lottery, drawn. */
export function drawn(status) {
  return {
    ...status,
    state: "drawn",
    missing: [],
    agencies: status.agencies.map((each) => ({
      ...each,
      finished: true,
      winners: each.agency % 3,
      connected: false,
      seconds_since_seen: 20,
    })),
    seal: {
      bets: status.bets,
      sha256: "d77ba87d683d896fa9a56a1ab337e83031f6212378c8c19418c2e2376074ad03",
      closed: [],
      at: "2026-03-01T23:04:59.123Z",
    },
    draw: {
      number: 7574,
      winners: status.agencies.reduce((sum, each) => sum + (each.agency % 3), 0),
      at: "2026-03-02T18:00:00.007Z",
    },
  };
}
