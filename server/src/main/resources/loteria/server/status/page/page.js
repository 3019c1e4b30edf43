/** The live page: hears the central, and shows what it says. */
import { Agencies } from "./agencies.js";
import { element, mark, say, show } from "./elements.js";
import { offerCopy, renderFacts } from "./facts.js";
import { headline } from "./headline.js";
import { renderRate } from "./rate.js";
import { poll } from "./poll.js";
import { wordsFor } from "./words.js";

const words = wordsFor(navigator.languages);
const agencies = new Agencies(words);

/** The last status that was heard, and since when nothing has been; null if there is no such. */
let status = null;
let lostAt = null;

function fillWords() {
  mark(document.documentElement, { lang: words.language });
  for (const target of document.querySelectorAll("[data-word]")) {
    say(target, words[target.dataset.word]);
  }
  for (const target of document.querySelectorAll("[data-label]")) {
    mark(target, { "aria-label": words[target.dataset.label] });
  }
}

function renderHeadline() {
  const { title, icon, state, sentence } = headline(status, lostAt, words);
  document.title = `${title} · Lotería`;
  mark(element("icon"), { href: `icon-${icon}.svg` });
  if (element("state").textContent !== state) {
    say(element("state"), state);
    say(element("announcement"), `${state}. ${sentence}`);
  }
  say(element("sentence"), sentence);
  say(element("link"), lostAt !== null ? words.awayTitle : status === null ? words.connecting : words.live);
  mark(document.body, {
    "data-link": lostAt !== null ? "away" : status === null ? "connecting" : "live",
    "data-state": status?.state ?? "unknown",
  });
}

/** A page that nobody sees only keeps its title. */
function render() {
  renderHeadline();
  show(element("told"), status !== null);
  if (status !== null && !document.hidden) {
    agencies.render(status);
    renderFacts(status, words);
    // Once the bets are sealed there come no more.
    show(element("bets-per-second"), status.seal === null);
    if (status.seal === null) {
      renderRate(status.bets_per_second, words);
    }
  }
}

fillWords();
offerCopy(words);
// For a screen that is seen from afar: index.html?display=hall.
mark(document.documentElement, { "data-display": new URLSearchParams(location.search).get("display") });
render();
document.addEventListener("visibilitychange", render);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
poll(
  "api/status",
  (heard) => {
    status = heard;
    lostAt = null;
    render();
  },
  () => {
    lostAt ??= new Date();
    render();
  },
);
