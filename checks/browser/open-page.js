/** The page in Debian's chromium, as a reader has it, with what goes on behind the page written down. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
export const DESKTOP = { viewport: { width: 1440, height: 900 } };

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** As long as a page may take to show what is so, on a machine that has much else to do. */
const LOOK_MILLIS_MAX = 60_000;

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The browser itself writes such a line for each attempt to reach a central that is away; no page can prevent it. */
const UNREACHED =
  /^Failed to load resource: net::ERR_(CONNECTION_|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|NETWORK)/;

export function startBrowser() {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export class OpenPage {
  page;
  #context;
  #origin;
  #complaints = [];

  /** Opens a URL; options are those of a browser's context: size, locale, colours. */
  static async at(url, browser, options = {}) {
    const opened = new OpenPage();
    opened.#origin = new URL(url).origin;
    opened.#context = await browser.newContext({ ...DESKTOP, locale: "en-GB", ...options });
    opened.page = await opened.#context.newPage();
    opened.#listen();
    await opened.page.goto(url);
    return opened;
  }

  #listen() {
    this.page.on("pageerror", (error) => this.#complaints.push(error.stack));
    this.page.on("console", (message) => {
      if (!UNREACHED.test(message.text())) {
        this.#complaints.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    this.page.on("request", (request) => {
      if (new URL(request.url()).origin !== this.#origin) {
        this.#complaints.push(`request to another origin: ${request.url()}`);
      }
    });
  }

  /** The text of an element; of several, a line each, as there may be until the page has changed. */
  async text(selector) {
    return (await this.page.locator(selector).allInnerTexts()).join("\n");
  }

  /** Waits until an element's text is this, or matches this. */
  async reads(selector, expected) {
    const matches = expected instanceof RegExp ? (text) => expected.test(text) : (text) => text === expected;
    await this.until(
      async () => matches(await this.text(selector)),
      async () => `${selector} reads "${await this.text(selector)}", not ${expected}`,
    );
  }

  async titled(expected) {
    await this.until(
      async () => (await this.page.title()) === expected,
      async () => `the title is "${await this.page.title()}", not "${expected}"`,
    );
  }

  /** Waits until something holds; if it never does, says what is the case instead. */
  async until(holds, instead) {
    const deadline = performance.now() + LOOK_MILLIS_MAX;
    while (!(await holds())) {
      assert.ok(performance.now() < deadline, await instead());
      await this.page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }

  /** The row of an agency: its kind, the width of its bar in pixels, and its texts. */
  row(agency) {
    return this.page.locator(`tr[data-agency="${agency}"]:not([hidden])`).evaluate((row) => ({
      kind: row.dataset.kind,
      width: row.querySelector(".bar").getBoundingClientRect().width,
      note: row.querySelector(".note").textContent,
      bets: Number(row.querySelector("td.count").textContent.replace(/\D/g, "")),
      winners: row.querySelector("td.winners").textContent,
    }));
  }

  /** Nothing that axe finds wrong, by WCAG 2.2 AA and its own best practices. */
  async isAccessible() {
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(() => axe.run());
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
    );
    assert.deepEqual(found, []);
  }

  /** Whether the page was never told of an error, and never asked anybody else for anything. */
  isQuiet() {
    assert.deepEqual(this.#complaints, []);
  }

  async close() {
    await this.#context.close();
  }
}
