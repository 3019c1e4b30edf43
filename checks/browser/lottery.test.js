/** The page beside the real programs: a lottery with its troubles, seen by two readers from the first bet to the draw. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Lottery } from "./lottery.js";
import { DESKTOP, OpenPage, PHONE, startBrowser } from "./open-page.js";

let browser;
let lottery;
let spanish;
let english;

/** Waits until what is read of an agency's row is so. */
async function rowIs(opened, agency, holds) {
  await opened.until(
    async () => holds(await opened.row(agency)),
    async () => `agency ${agency}: ${JSON.stringify(await opened.row(agency))}`,
  );
  return opened.row(agency);
}

async function bothAreAccessible() {
  await spanish.isAccessible();
  await english.isAccessible();
}

describe("a lottery", () => {
  before(async () => {
    browser = await startBrowser();
    lottery = await Lottery.of(3, 180_000);
    await lottery.startCentral();
    spanish = await OpenPage.at(lottery.url, browser, {
      ...PHONE,
      locale: "es-AR",
      colorScheme: "dark",
      reducedMotion: "reduce",
    });
    english = await OpenPage.at(lottery.url, browser, {
      ...DESKTOP,
      locale: "en-GB",
      reducedMotion: "reduce",
    });
  });

  after(async () => {
    await lottery.end();
    await browser.close();
  });

  test("waits for the agencies", async () => {
    await spanish.titled("0 de 3 · Lotería");
    await spanish.reads("#sentence", "Todavía no terminó ninguna de las 3 agencias.");
    await english.titled("0 of 3 · Lotería");
    await english.reads("#state", "Receiving bets");
    assert.equal((await rowIs(english, 2, ({ kind }) => kind === "absent")).bets, 0);
  });

  test("sees the bars grow", async () => {
    [1, 2, 3].forEach((agency) => lottery.startAgency(agency));
    for (const agency of [1, 2, 3]) {
      const { bets } = await rowIs(english, agency, ({ kind, bets }) => kind === "sending" && bets > 0);
      await rowIs(english, agency, (row) => row.bets > bets && row.width > 0);
      await rowIs(spanish, agency, (row) => row.bets > bets && row.width > 0);
    }
    await english.reads("#rate", /^Now [\d,]+; most in the last 5 minutes, [1-9]/);
    await bothAreAccessible();
  });

  test("sees an agency lost, and back where it was", async () => {
    await lottery.kill("agency-2");
    const { bets } = await rowIs(english, 2, ({ kind }) => kind === "gone");
    await rowIs(spanish, 2, ({ note }) => note.startsWith("sin conexión desde hace "));
    assert.ok(bets > 0);
    await bothAreAccessible();
    lottery.startAgency(2);
    await rowIs(english, 2, (row) => row.kind === "sending" && row.bets > bets);
  });

  test("sees the central lost, and back with all that it had stored", async () => {
    await lottery.kill("central");
    await spanish.titled("⚠ Sin respuesta · Lotería");
    await spanish.reads("#state", "La central no responde");
    await english.reads("#state", "The central does not answer");
    const { bets } = await english.row(1);
    await bothAreAccessible();
    await lottery.startCentral();
    await spanish.reads("#state", "Recibiendo apuestas");
    await english.reads("#state", "Receiving bets");
    assert.ok((await english.row(1)).bets >= bets);
    await rowIs(english, 1, (row) => row.kind === "sending" && row.bets > bets);
  });

  test("sees the seal, the draw, and how many have won", async () => {
    lottery.hurry();
    await spanish.titled("7574 · Lotería");
    await spanish.reads("#state", "Sorteo realizado");
    await english.titled("7574 · Lotería");
    await english.reads("#state", "The draw was held");
    const { sha256, bets, winners } = lottery.sealed();
    assert.equal(bets, 180_000);
    assert.equal(await english.page.textContent("#hash"), sha256);
    assert.equal(await english.text("#number"), "7574");
    assert.equal(await english.text("#bets"), "180,000");
    assert.equal(await spanish.text("#bets"), "180.000");
    assert.equal(await english.text("#winners"), "10");
    for (const [agency, count] of winners) {
      assert.equal((await rowIs(english, agency, ({ kind }) => kind === "finished")).winners, `${count}`);
    }
    await bothAreAccessible();
  });

  test("heard no error, and asked nobody but the central", () => {
    spanish.isQuiet();
    english.isQuiet();
  });
});
