/** What stands beside the agencies: the draw, the seal, the refusals, the journal, the connections. */
import { element, make, say, show } from "./elements.js";

const HASH_GROUP = 8;

export function renderFacts(status, words) {
  const write = words.write;
  renderDraw(status, words);
  renderSeal(status, words);
  renderRefusals(status.refusals, words);
  say(element("bets"), write.count(status.bets));
  const finished = status.agencies.filter(({ finished, closed }) => finished && closed === null).length;
  say(element("finished"), words.finishedOf(finished, status.expected));
  const { bytes, fsyncs, fsync_seconds: seconds } = status.journal;
  say(element("journal-bytes"), write.bytes(bytes));
  say(element("fsyncs"), write.count(fsyncs));
  for (const quantile of ["p50", "p99", "max"]) {
    say(element(`fsync-${quantile}`), fsyncs === 0 ? "–" : write.duration(seconds[quantile]));
  }
  renderPartitions(status.shared, words);
  say(element("connections"), write.count(status.connections));
  say(element("connections-total"), write.count(status.connections_total));
  say(element("footer"), words.footer(status.version, new Date(status.started)));
}

function renderDraw({ draw }, { write }) {
  show(element("drawn"), draw !== null);
  show(element("won"), draw !== null);
  show(element("all"), draw === null);
  if (draw !== null) {
    say(element("number"), `${draw.number}`);
    say(element("winners"), write.count(draw.winners));
  }
}

/** The hash in groups, for eyes that compare; they are a matter of style: selected and copied it is one word. */
function renderSeal({ seal, draw }, words) {
  show(element("seal"), seal !== null);
  if (seal === null) {
    return;
  }
  say(element("seal-bets"), words.sealBets(seal.bets, seal.closed));
  const times = [words.sealedAt(new Date(seal.at))];
  if (draw !== null) {
    times.push(words.drawnAt(new Date(draw.at)));
  }
  say(element("times"), times.join(" "));
  const hash = element("hash");
  if (hash.textContent !== seal.sha256) {
    const groups = seal.sha256.match(new RegExp(`.{1,${HASH_GROUP}}`, "g")) ?? [];
    hash.replaceChildren(...groups.flatMap((group) => [make("span", "", group), make("wbr", "")]));
  }
}

/** Has the button copy the hash, and say so for a moment. */
export function offerCopy(words) {
  const button = element("copy");
  button.addEventListener("click", async () => {
    const hash = element("hash");
    getSelection().selectAllChildren(hash);
    // Only where the page comes by HTTPS, or from this machine, does a browser give it the clipboard itself.
    const copied = await (navigator.clipboard?.writeText(hash.textContent) ?? Promise.reject()).then(
      () => true,
      () => document.execCommand("copy"),
    );
    if (copied) {
      say(button, words.copied);
      setTimeout(() => say(button, words.copy), 2_000);
    }
  });
}

/** Who owns what of a lottery that several centrals share. */
function renderPartitions(shared, words) {
  show(element("shared"), shared !== null);
  if (shared === null) {
    return;
  }
  element("side").tabIndex = 0; // it is longer than a screen now: so it can be scrolled by keyboard
  const list = element("partitions");
  while (list.children.length < shared.partitions.length) {
    list.append(make("div", "", make("dt"), make("dd")));
  }
  shared.partitions.forEach(({ partition, owner, own }, index) => {
    const item = list.children[index];
    say(item.querySelector("dt"), words.partition(partition));
    say(item.querySelector("dd"), own ? words.ownedHere : (owner ?? words.ownedByNobody));
  });
  say(element("take-overs"), words.takeOvers(shared.take_overs));
}

function renderRefusals(refusals, words) {
  const reasons = Object.entries(refusals)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  show(element("no-refusals"), reasons.length === 0);
  const list = element("refusals");
  while (list.children.length < reasons.length) {
    list.append(make("div", "", make("dt", "", make("span"), make("code")), make("dd")));
  }
  [...list.children].forEach((item, index) => {
    show(item, index < reasons.length);
    if (index < reasons.length) {
      const [reason, count] = reasons[index];
      say(item.querySelector("span"), words.reasons[reason] ?? "");
      say(item.querySelector("code"), reason);
      say(item.querySelector("dd"), words.write.count(count));
    }
  });
}
