/**
 * The words of the page, in the reader's language, and numbers, times and lists as the reader's
 * locale writes them.
 */
import { english } from "./english.js";
import { spanish } from "./spanish.js";

/** The most numbers, or runs of numbers, that a sentence names. */
const RUNS_MAX = 8;

/** For a reader who prefers these languages, best first: the first that the page speaks, else English. */
export function wordsFor(languages) {
  const locale = languages.find((language) => /^(es|en)\b/i.test(language)) ?? "en";
  return /^es/i.test(locale) ? spanish(writer(locale)) : english(writer(locale));
}

function writer(locale) {
  const count = new Intl.NumberFormat(locale, { useGrouping: "always" });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium", hourCycle: "h23" });
  const instant = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "long",
    hourCycle: "h23",
    timeZone: "UTC",
  });
  const ago = new Intl.RelativeTimeFormat(locale, { style: "short" });
  const list = new Intl.ListFormat(locale);
  const unit = (name, digits, unitDisplay = "short") =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay, maximumSignificantDigits: digits });
  const bytes = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"].map((name) =>
    // In short, a byte has no plural.
    unit(name, 3, name === "byte" ? "long" : "short"),
  );
  const milliseconds = unit("millisecond", 2);
  const seconds = unit("second", 2);
  return {
    count: (n) => count.format(n),
    time: (date) => time.format(date),
    /** In UTC, and says so: the same words for every reader. */
    instant: (date) => instant.format(date),
    bytes(n) {
      const power = n < 1000 ? 0 : Math.min(bytes.length - 1, Math.floor(Math.log10(n) / 3));
      return bytes[power].format(n / 1000 ** power);
    },
    duration: (s) => (s < 1 ? milliseconds.format(s * 1000) : seconds.format(s)),
    ago(s) {
      const [size, name] = [
        [86400, "day"],
        [3600, "hour"],
        [60, "minute"],
        [1, "second"],
      ].find(([size]) => s >= size || size === 1);
      return ago.format(-Math.floor(s / size), name);
    },
    /** Ascending numbers, three and more in a row as from–to; nothing if that would be more than anybody reads. */
    numbers(numbers) {
      const runs = runsOf(numbers).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
      return runs.length > RUNS_MAX ? "" : list.format(runs);
    },
  };
}

function runsOf(numbers) {
  const runs = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) {
      last[1] = number;
    } else {
      runs.push([number, number]);
    }
  }
  return runs.flatMap(([from, to]) =>
    to === from + 1
      ? [
          [from, from],
          [to, to],
        ]
      : [[from, to]],
  );
}
