/** The lottery in a title, a state and a sentence: what a glance at the page, or at its tab, tells. */

/** Of a status, or of its absence: `status` is the last one heard or null, `lostAt` when the central went silent, or null. */
export function headline(status, lostAt, words) {
  if (lostAt !== null) {
    return away(status, lostAt, words);
  }
  if (status === null) {
    return {
      title: words.connecting,
      icon: "receiving",
      state: words.connecting,
      sentence: words.connectingSentence,
    };
  }
  return {
    title: title(status, words),
    icon: icon(status),
    state: stateOf(status, words),
    sentence: sentence(status, words),
  };
}

function away(status, lostAt, words) {
  const said =
    status === null
      ? [words.awayNever, words.awayComesBack]
      : [words.awaySince(lostAt), words.awayComesBack, words.awayLast(stateOf(status, words))];
  return { title: `⚠ ${words.awayTitle}`, icon: "trouble", state: words.away, sentence: said.join(" ") };
}

function stateOf(status, words) {
  return words.states[status.state] ?? status.state;
}

function icon(status) {
  return isTrouble(status) ? "trouble" : status.draw === null ? "receiving" : "drawn";
}

function isTrouble({ state }) {
  return state === "storage_full" || state === "unsafe";
}

function title(status, words) {
  switch (status.state) {
    case "drawn":
      return `${status.draw.number}`;
    case "receiving":
      return words.titles.receiving(status.expected - status.missing.length, status.expected);
    case "storage_full":
    case "unsafe":
      return `⚠ ${words.titles[status.state]}`;
    default:
      return words.titles[status.state] ?? status.state;
  }
}

function sentence(status, words) {
  const sentences = words.sentences;
  switch (status.state) {
    case "drawn":
      return sentences.drawn(status.draw.winners);
    case "receiving":
      return sentences.receiving(status.expected, status.missing);
    default:
      return sentences[status.state]?.() ?? "";
  }
}
