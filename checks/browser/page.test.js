/** The page beside a played central: each state, each language, each size, and more agencies than anybody has. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { english } from "../../server/src/main/resources/loteria/server/status/page/english.js";
import { spanish } from "../../server/src/main/resources/loteria/server/status/page/spanish.js";
import { DESKTOP, OpenPage, PHONE, startBrowser } from "./open-page.js";
import { PlayedCentral, agency, drawn, sealed, statusOfMany, statusWith } from "./played-central.js";

let browser;

before(async () => {
  browser = await startBrowser();
});

after(() => browser.close());

/** Runs with a central that has said this, and with the page; and sees that the page complained of nothing. */
async function withPage(status, { search = "", ...options }, run) {
  const central = await PlayedCentral.start();
  try {
    central.say(status);
    const opened = await OpenPage.at(central.url + search, browser, options);
    await run(opened, central);
    opened.isQuiet();
    await opened.close();
  } finally {
    await central.stop();
  }
}

const SHARED = {
  name: "navidad",
  take_overs: 2,
  partitions: [
    { partition: "0", owner: "10.0.0.2:12346", own: false },
    { partition: "1", owner: "10.0.0.1:12346", own: true },
    { partition: "draw", owner: null, own: false },
  ],
};

const STATES = [
  [statusWith({ state: "starting" }), "Arrancando", "Arrancando", "Starting", "Starting"],
  [statusWith(), "2 de 5", "Recibiendo apuestas", "2 of 5", "Receiving bets"],
  [statusWith({ state: "sealing" }), "Sellando", "Sellando las apuestas", "Sealing", "Sealing the bets"],
  [sealed(statusWith()), "Selladas", "Apuestas selladas", "Sealed", "The bets are sealed"],
  [drawn(statusWith()), "7574", "Sorteo realizado", "7574", "The draw was held"],
  [statusWith({ state: "draining" }), "Cerrando", "Cerrando", "Shutting down", "Shutting down"],
  [
    statusWith({ state: "storage_full" }),
    "⚠ Sin espacio",
    "Sin espacio en el disco",
    "⚠ No room",
    "No room on the disk",
  ],
  [statusWith({ state: "unsafe" }), "⚠ En riesgo", "Se pueden perder apuestas", "⚠ Unsafe", "Bets may be lost"],
  [statusWith({ state: "dozing" }), "dozing", "dozing", "dozing", "dozing"],
];

for (const [locale, title, state] of [
  ["es-AR", 1, 2],
  ["en-US", 3, 4],
  ["fr-FR", 3, 4],
]) {
  test(`says each state to a reader of ${locale}`, async () => {
    await withPage(STATES[0][0], { locale }, async (opened, central) => {
      assert.equal(await opened.page.getAttribute("html", "lang"), locale === "es-AR" ? "es" : "en");
      for (const words of STATES) {
        central.say(words[0]);
        await opened.titled(`${words[title]} · Lotería`);
        await opened.reads("#state", words[state]);
      }
    });
  });
}

test("writes numbers as the reader does", async () => {
  await withPage(statusWith(), { locale: "es-AR" }, (opened) => opened.reads("#bets", "48.721"));
  await withPage(statusWith(), { locale: "en-US" }, (opened) => opened.reads("#bets", "48,721"));
});

test("both languages say all that the page says", () => {
  const shape = (words) =>
    Object.entries(words).map(([key, value]) =>
      typeof value === "object" ? [key, shape(value)] : [key, typeof value],
    );
  assert.deepEqual(shape(spanish({})), shape(english({})));
});

for (const [name, status] of [
  ["a lottery under way", statusWith()],
  ["one that is sealed and waits", sealed(statusWith())],
  ["one that was drawn", drawn(statusWith())],
  ["one without room", statusWith({ state: "storage_full" })],
  ["one of 250 agencies", statusOfMany(250)],
  ["one that several centrals share", statusWith({ shared: SHARED })],
  ["an agency that was closed", statusWith({ agencies: [agency(1, { closed: "flood" })] })],
]) {
  for (const [size, options] of [
    ["phone", PHONE],
    ["desktop", DESKTOP],
  ]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`shows ${name} to everybody, on a ${colorScheme} ${size}`, async () => {
        await withPage(status, { ...options, colorScheme, reducedMotion: "reduce" }, async (opened) => {
          await opened.reads("#link", "Live");
          await opened.isAccessible();
        });
      });
    }
  }
}

test("would not call a page accessible that can hardly be read", async () => {
  await withPage(statusWith(), {}, async (opened) => {
    await opened.reads("#link", "Live");
    await opened.page.evaluate(() => document.documentElement.style.setProperty("--soft", "#aaa"));
    await assert.rejects(() => opened.isAccessible(), /color-contrast/);
  });
});

test("a bar is as long as its agency has bets, and closed once there are no more to come", async () => {
  await withPage(statusWith(), { reducedMotion: "reduce" }, async (opened) => {
    await opened.reads("#link", "Live");
    const [one, two, three, four, five] = await Promise.all(
      [1, 2, 3, 4, 5].map((number) => opened.row(number)),
    );
    assert.deepEqual(
      [one, two, three, four, five].map(({ kind }) => kind),
      ["finished", "sending", "gone", "finished", "absent"],
    );
    assert.deepEqual([one.bets, two.bets, five.bets], [14_210, 11_873, 0]);
    assert.ok(Math.abs(one.width / four.width - 14_210 / 16_511) < 0.01);
    assert.ok(Math.abs(two.width / four.width - 11_873 / 16_511) < 0.01);
    assert.equal(five.width, 0);
    assert.equal(three.note, "disconnected 1 min ago");
    assert.equal(five.note, "has not come yet");
  });
});

test("fits the narrowest phone without scrolling sideways", async () => {
  for (const status of [statusWith(), drawn(statusWith()), statusOfMany(250)]) {
    await withPage(status, { viewport: { width: 320, height: 640 }, locale: "es-AR" }, async (opened) => {
      await opened.reads("#link", "En vivo");
      assert.equal(await opened.page.evaluate(() => document.documentElement.scrollWidth), 320);
    });
  }
});

test("has a bounded document for 10,000 agencies, and finds each of them", async () => {
  await withPage(statusOfMany(10_000), {}, async (opened, central) => {
    await opened.reads("#range", "1–25 of 10,000");
    assert.ok((await opened.page.evaluate(() => document.querySelectorAll("*").length)) < 500);
    assert.equal((await opened.row(41)).kind, "gone", "those that need attention come first");

    await opened.page.fill("#find", "9998");
    await opened.reads("tbody tr:not([hidden]) th", "9998");
    await opened.page.fill("#find", "");
    await opened.page.getByRole("radio", { name: "Closed 97" }).check();
    await opened.reads("#range", "1–25 of 97");
    for (const range of ["26–50 of 97", "51–75 of 97", "76–97 of 97"]) {
      await opened.page.getByRole("button", { name: "Next" }).click();
      await opened.reads("#range", range);
    }
    assert.ok(await opened.page.getByRole("button", { name: "Next" }).isDisabled());

    const few = statusOfMany(10_000);
    few.agencies.forEach((each) => (each.closed = each.agency === 97 ? "flood" : null));
    central.say(few);
    await opened.reads("tbody tr:not([hidden]) th", "97");
    await opened.page.fill("#find", "4");
    await opened.reads("#none", "There are no such agencies.");
  });
});

test("shows 10,000 agencies in less time than the central leaves between two words", async () => {
  await withPage(statusOfMany(10_000), {}, async (opened) => {
    await opened.reads("#link", "Live");
    const millis = await opened.page.evaluate(async () => {
      const { Agencies } = await import("./agencies.js");
      const { wordsFor } = await import("./words.js");
      const status = { agencies: [], draw: null };
      for (let agency = 1; agency <= 10_000; agency++) {
        status.agencies.push({
          agency,
          name: null,
          bets: agency,
          finished: agency % 2 === 0,
          closed: null,
          connected: true,
          seconds_since_seen: 0,
          winners: null,
        });
      }
      const agencies = new Agencies(wordsFor(["en"]));
      const started = performance.now();
      for (let round = 0; round < 5; round++) {
        agencies.render(status);
      }
      return (performance.now() - started) / 5;
    });
    assert.ok(millis < 500, `${millis} ms`);
  });
});

test("can be used by keyboard alone", async () => {
  await withPage(statusOfMany(250), {}, async (opened) => {
    await opened.reads("#range", "1–25 of 250");
    const focused = () =>
      opened.page.evaluate(
        () => document.activeElement.className || document.activeElement.id || document.activeElement.value,
      );
    const press = (key) => opened.page.keyboard.press(key);
    await press("Tab");
    assert.equal(await focused(), "skip");
    await press("Enter");
    await press("Tab");
    assert.equal(await focused(), "all");
    await press("ArrowRight");
    await opened.reads("#range", /^$|of 6/);
    assert.equal((await opened.row(41)).kind, "gone");
    await press("ArrowLeft");
    await press("Tab");
    assert.equal(await focused(), "find");
    await press("Tab");
    assert.equal(await focused(), "later");
    await press("Enter");
    await opened.reads("#range", "26–50 of 250");
  });
});

test("an operator's reason is text and nothing else", async () => {
  const reason = "<img src=//example.org/x onerror=alert(1)>";
  await withPage(
    statusWith({ agencies: [agency(1, { closed: reason })], refusals: { "<b>": 1 } }),
    {},
    async (opened) => {
      await opened.reads(".note", `closed by the operator: ${reason}`);
      await opened.reads("#refusals code", "<b>");
      assert.equal(await opened.page.locator("img, b").count(), 0);
    },
  );
});

test("says that the central is away, keeps what it said, and comes back by itself", async () => {
  await withPage(statusWith(), { locale: "es-AR" }, async (opened, central) => {
    await opened.reads("#state", "Recibiendo apuestas");
    const { port } = central;
    await central.stop();
    await opened.titled("⚠ Sin respuesta · Lotería");
    await opened.reads("#state", "La central no responde");
    await opened.reads("#sentence", /^Sin respuesta desde las \d\d:\d\d:\d\d\. La página vuelve sola/);
    await opened.reads("#announcement", /^La central no responde\./);
    assert.equal(await opened.text("#bets"), "48.721");
    await opened.isAccessible();

    const next = await PlayedCentral.start(port);
    next.say(statusWith({ bets: 50_000, bets_per_second: [] }));
    await opened.reads("#state", "Recibiendo apuestas");
    await opened.reads("#bets", "50.000");
    await next.stop();
  });
});

test("takes a central that is silent for one that is away", async () => {
  const central = await PlayedCentral.start();
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(central.url);
  await page.locator("#state", { hasText: "Connecting" }).waitFor();
  await page.locator("#state", { hasText: "The central does not answer" }).waitFor({ timeout: 60_000 });
  central.say(statusWith());
  await page.locator("#state", { hasText: "Receiving bets" }).waitFor();
  await context.close();
  await central.stop();
});

test("asks one question at a time, however often its reader comes back", async () => {
  const central = await PlayedCentral.start();
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  let underWay = 0;
  page.on("request", (request) => (underWay += request.url().endsWith("/api/status")));
  for (const end of ["requestfinished", "requestfailed"]) {
    page.on(end, (request) => (underWay -= request.url().endsWith("/api/status")));
  }
  await page.goto(central.url);
  await page.waitForFunction(() => document.readyState === "complete");
  for (let times = 0; times < 5; times++) {
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.waitForTimeout(200);
  }
  for (let times = 0; underWay !== 1 && times < 50; times++) {
    await page.waitForTimeout(100); // for the end of the one before to be told
  }
  assert.equal(underWay, 1);
  central.say(statusWith());
  await page.locator("#state", { hasText: "Receiving bets" }).waitFor();
  await page.waitForTimeout(500);
  assert.equal(await page.locator("#state", { hasText: "does not answer" }).count(), 0);
  await context.close();
  await central.stop();
});

for (const [locale, seal, draw, start] of [
  [
    "es-AR",
    /^Sello: 1 de mar de 2026, 23:04:59 UTC\.$/,
    /UTC\. Sorteo: 2 de mar de 2026, 18:00:00 UTC\.$/,
    /En marcha desde 1 de mar de 2026, 12:00:00 UTC\.$/,
  ],
  [
    "en-GB",
    /^Sealed: 1 Mar 2026, 23:04:59 UTC\.$/,
    /UTC\. Drawn: 2 Mar 2026, 18:00:00 UTC\.$/,
    /Running since 1 Mar 2026, 12:00:00 UTC\.$/,
  ],
]) {
  test(`says in UTC when the bets were sealed, the draw held and the central started, in ${locale}`, async () => {
    const elsewhere = { locale, timezoneId: "America/Argentina/Buenos_Aires" };
    await withPage(sealed(statusWith()), elsewhere, async (opened, central) => {
      await opened.reads("#times", seal);
      central.say(drawn(statusWith()));
      await opened.reads("#times", draw);
      await opened.reads("#footer", start);
    });
  });
}

test("shows an agency's name as text, and finds it", async () => {
  const name = "Villa <b>María</b>, La Única del Centro Cívico y Comercial 123";
  const few = statusWith({ agencies: [agency(1, { name }), agency(2)] });
  await withPage(few, { viewport: { width: 320, height: 640 } }, async (opened) => {
    await opened.reads('[data-agency="1"] .named', name);
    assert.ok(await opened.page.locator('[data-agency="2"] .named').isHidden());
    assert.equal(await opened.page.locator("tbody b").count(), 0);
    assert.equal(await opened.page.evaluate(() => document.documentElement.scrollWidth), 320);
    await opened.isAccessible();
  });
  const many = statusOfMany(250);
  many.agencies[199].name = name;
  await withPage(many, {}, async (opened) => {
    await opened.page.fill("#find", "ÚNICA");
    await opened.reads("tbody tr:not([hidden]) th", "200");
    await opened.page.fill("#find", "salta");
    await opened.reads("#none", "There are no such agencies.");
  });
});

test("the seal is copied as one word, by its button and by hand", async () => {
  await withPage(drawn(statusWith()), { permissions: ["clipboard-read", "clipboard-write"] }, async (opened) => {
    await opened.reads("#copy", "Copy");
    const { sha256 } = drawn(statusWith()).seal;
    await opened.page.click("#copy");
    await opened.reads("#copy", "Copied");
    assert.equal(await opened.page.evaluate(() => navigator.clipboard.readText()), sha256);

    await opened.page.evaluate(() => navigator.clipboard.writeText(""));
    await opened.page.evaluate(() => getSelection().removeAllRanges());
    await opened.page.click("#hash");
    await opened.page.keyboard.press("Control+C");
    assert.equal((await opened.page.evaluate(() => navigator.clipboard.readText())).trim(), sha256);
  });
});

for (const [size, options] of [
  ["phone", PHONE],
  ["desktop", DESKTOP],
]) {
  for (const locale of ["es-AR", "en-GB"]) {
    test(`has the number and all that was drawn in a third of a ${size}, in ${locale}`, async () => {
      await withPage(drawn(statusWith()), { ...options, locale }, async (opened) => {
        await opened.reads("#number", "7574");
        const bottom = await opened.page.locator(".figures").evaluate((it) => it.getBoundingClientRect().bottom);
        assert.ok(bottom <= options.viewport.height / 3, `${bottom} of ${options.viewport.height}`);
      });
    });
  }
}

test("has an agency's state in its row from 640 pixels on, and below it on a phone", async () => {
  for (const [width, inRow] of [
    [640, true],
    [639, false],
  ]) {
    await withPage(statusWith(), { viewport: { width, height: 900 } }, async (opened) => {
      await opened.reads("#link", "Live");
      const [bar, note] = await opened.page
        .locator('tr[data-agency="1"]')
        .evaluate((row) => [".line", ".note"].map((it) => row.querySelector(it).getBoundingClientRect().top));
      assert.equal(note - bar < 10, inRow, `${bar} ${note}`);
    });
  }
});

test("has room for the longest state and for what is sought, in either language", async () => {
  for (const locale of ["es-AR", "en-GB"]) {
    await withPage(statusOfMany(500), { ...DESKTOP, locale }, async (opened) => {
      await opened.reads("#link", /Live|En vivo/);
      const height = (selector) =>
        opened.page.locator(selector).evaluate((it) => it.getBoundingClientRect().height);
      assert.equal(await height('tr[data-kind="gone"] .note >> nth=0'), 20);
      assert.ok((await height("#tools")) < 80, "the tools take two lines");
    });
  }
});

test("keeps what stands beside a long list in sight", async () => {
  await withPage(statusOfMany(500), {}, async (opened) => {
    await opened.reads("#range", "1–25 of 500");
    await opened.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const top = () => opened.page.locator(".side").evaluate((it) => it.getBoundingClientRect().top);
    await opened.until(
      async () => (await top()) >= 0 && (await top()) < 400,
      async () => `its top is at ${await top()}`,
    );
  });
});

test("shows no rate once the bets are sealed", async () => {
  await withPage(statusWith(), {}, async (opened, central) => {
    await opened.reads("#rate", /^Now/);
    central.say(drawn(statusWith()));
    await opened.reads("#state", "The draw was held");
    assert.ok(await opened.page.locator("#bets-per-second").isHidden());
  });
});

test("says bytes, and since when an agency is gone", async () => {
  const few = statusWith({ journal: { ...statusWith().journal, bytes: 16 } });
  await withPage(few, {}, (opened) => opened.reads("#journal-bytes", "16 bytes"));
  await withPage(few, { locale: "es-AR" }, async (opened) => {
    await opened.reads("#journal-bytes", "16 bytes");
    assert.equal((await opened.row(3)).note, "sin conexión desde hace 1 min");
  });
});

test("says who owns what of a lottery that several centrals share, and nothing of one that is alone", async () => {
  await withPage(statusWith({ shared: SHARED }), { locale: "en-US" }, async (opened, central) => {
    await opened.reads("#partitions", /Bets 0\s*10\.0\.0\.2:12346\s*Bets 1\s*this central\s*Draw\s*nobody now/);
    await opened.reads("#take-overs", "Taken over by this central since its start: 2.");
    central.say(statusWith());
    await opened.page.waitForSelector("#shared", { state: "hidden" });
  });
});

test("fits a hall: the number large, no control, nothing to scroll to sideways", async () => {
  const hall = { search: "?display=hall", viewport: { width: 1920, height: 1080 } };
  await withPage(drawn(statusOfMany(500)), hall, async (opened) => {
    await opened.reads("#number", "7574");
    const box = (selector) => opened.page.locator(selector).evaluate((it) => it.getBoundingClientRect());
    const { height } = await box("#number");
    assert.ok(height > 1080 / 5, `${height}`);
    const { bottom } = await box("#seal");
    assert.ok(bottom <= 1080, `the seal ends at ${bottom}`);
    for (const control of ["#copy", "#later", "#find", ".side"]) {
      assert.ok(await opened.page.locator(control).isHidden(), control);
    }
    assert.equal(await opened.page.evaluate(() => document.documentElement.scrollWidth), 1920);
    await opened.isAccessible();
  });
});

test("announces the state, and not what goes on within it", async () => {
  await withPage(statusWith(), {}, async (opened, central) => {
    await opened.reads("#announcement", "Receiving bets. Waiting for 3 of 5 agencies: 2, 3 and 5.");
    central.say(statusWith({ bets: 48_722, missing: [3, 5] }));
    await opened.reads("#sentence", "Waiting for 2 of 5 agencies: 3 and 5.");
    assert.equal(
      await opened.text("#announcement"),
      "Receiving bets. Waiting for 3 of 5 agencies: 2, 3 and 5.",
    );
    central.say(drawn(statusWith()));
    await opened.reads("#announcement", /^The draw was held\./);
  });
});
