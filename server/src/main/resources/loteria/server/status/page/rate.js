/** Bets a second over the last five minutes, as a curve. */
import { element, mark, say } from "./elements.js";

/** As wide as the plot's view box: a unit a second. */
const SECONDS = 300;
const HEIGHT = 100;

export function renderRate(rates, words) {
  const now = rates.at(-1) ?? 0;
  const most = rates.reduce((a, b) => Math.max(a, b), 0);
  const top = roundAbove(most);
  const points = rates
    .slice(-SECONDS)
    .map((rate, index, all) => `${SECONDS - all.length + index + 1} ${HEIGHT - (HEIGHT * rate) / top}`);
  const curve = points.length === 0 ? "" : `M${points.join("L")}`;
  const start = SECONDS - Math.min(SECONDS, rates.length) + 1;
  mark(element("curve"), { d: curve });
  mark(element("area"), { d: curve === "" ? "" : `${curve}V${HEIGHT}H${start}Z` });
  say(element("tick"), words.write.count(top));
  say(element("rate"), words.rateNow(now, most));
  mark(element("plot"), { "aria-label": words.rateNow(now, most) });
}

/** The next of 1, 2, 5, 10, 20, 50 … that is not below a number; 10 at least. */
function roundAbove(number) {
  for (let step = 10; ; step *= 10) {
    const round = [step, 2 * step, 5 * step].find((each) => each >= number);
    if (round !== undefined) {
      return round;
    }
  }
}
