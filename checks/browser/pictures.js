/** Pictures of the page for the documents: node pictures.js FOLDER. */
import { join } from "node:path";
import { DESKTOP, OpenPage, PHONE, startBrowser } from "./open-page.js";
import { PlayedCentral, drawn, statusWith } from "./played-central.js";

const PICTURES = {
  "page-receiving.png": [statusWith(), { ...DESKTOP, locale: "en-GB", colorScheme: "light" }],
  "page-drawn.png": [drawn(statusWith()), { ...PHONE, locale: "es-AR", colorScheme: "dark" }],
};

const browser = await startBrowser();
for (const [name, [status, options]] of Object.entries(PICTURES)) {
  const central = await PlayedCentral.start();
  central.say(status);
  const opened = await OpenPage.at(central.url, browser, { ...options, reducedMotion: "reduce" });
  await opened.reads("#link", /Live|En vivo/);
  await opened.page.screenshot({ path: join(process.argv[2], name) });
  await opened.close();
  await central.stop();
}
await browser.close();
