/** What the page says, in English: each a string, or a function of what it speaks of. `write` is of words.js. */
export function english(write) {
  const agencies = (n) => `${write.count(n)} ${n === 1 ? "agency" : "agencies"}`;
  const bets = (n) => `${write.count(n)} ${n === 1 ? "bet" : "bets"}`;
  const named = (numbers) => {
    const names = write.numbers(numbers);
    return names === "" ? "" : `: ${names}`;
  };
  return {
    write,
    language: "en",
    skip: "Skip to the agencies",
    live: "Live",
    connecting: "Connecting",
    connectingSentence: "The page waits for the central’s first word.",
    away: "The central does not answer",
    awaySince: (time) => `No answer since ${write.time(time)}.`,
    awayNever: "It has not been reached yet.",
    awayComesBack: "The page comes back by itself when the central does.",
    awayLast: (state) => `Below is the last that it said (${state.toLowerCase()}).`,
    awayTitle: "No answer",
    states: {
      starting: "Starting",
      receiving: "Receiving bets",
      sealing: "Sealing the bets",
      sealed: "The bets are sealed",
      drawn: "The draw was held",
      draining: "Shutting down",
      storage_full: "No room on the disk",
      unsafe: "Bets may be lost",
    },
    sentences: {
      starting: () => "The central reads what is stored.",
      receiving: (expected, missing) =>
        missing.length === 0
          ? `All have finished: ${agencies(expected)}.`
          : missing.length === expected
            ? expected === 1
              ? "The only agency has not finished yet."
              : `None of ${agencies(expected)} has finished yet.`
            : `Waiting for ${write.count(missing.length)} of ${agencies(expected)}${named(missing)}.`,
      sealing: () => "No agency is missing. What came in is sealed first, then the number is looked at.",
      sealed: () => "None can be added, taken away or changed any more. The draw is next.",
      drawn: (winners) =>
        `${winners === 0 ? "No bet has won" : winners === 1 ? "One bet has won" : `${bets(winners)} have won`}. ` +
        "Each agency is told its own winners only.",
      draining: () => "The central finishes what it has in hand, and stops.",
      storage_full: () => "What is stored is safe; new bets are refused until there is room.",
      unsafe: () => "The brokers are set up in a way that may lose bets. The central’s log says what is wrong.",
    },
    titles: {
      starting: "Starting",
      receiving: (finished, expected) => `${finished} of ${expected}`,
      sealing: "Sealing",
      sealed: "Sealed",
      draining: "Shutting down",
      storage_full: "No room",
      unsafe: "Unsafe",
    },
    winningNumber: "Winning number",
    winningBets: "Winning bets",
    betsStored: "Bets stored",
    agenciesFinished: "Agencies finished",
    finishedOf: (finished, expected) => `${write.count(finished)} of ${write.count(expected)}`,
    seal: "Seal",
    copy: "Copy",
    copied: "Copied",
    sealBets: (n, closed) =>
      `SHA-256 of the ${n === 1 ? "only bet" : bets(n)} in bets.csv.` +
      (closed.length === 0
        ? ""
        : ` The operator has closed ${agencies(closed.length)}${named(closed)}.`),
    sealedAt: (time) => `Sealed: ${write.instant(time)}.`,
    drawnAt: (time) => `Drawn: ${write.instant(time)}.`,
    agencies: "Agencies",
    agency: "No.",
    standing: "Progress",
    bets: "Bets",
    winners: "Winning",
    scale: (most, open) =>
      most === 0
        ? "Nobody has sent bets yet."
        : `The longest bar is ${bets(most)}.` +
          (open ? " An agency’s total is known when it finishes: until then its bar is open-ended." : ""),
    show: "Show",
    find: "Find no. or name",
    noneSuch: "There are no such agencies.",
    pages: "Pages of the list",
    earlier: "Previous",
    later: "Next",
    range: (from, to, of) => `${write.count(from)}–${write.count(to)} of ${write.count(of)}`,
    kinds: {
      all: "All",
      gone: "Gone",
      absent: "Never came",
      sending: "Connected",
      closed: "Closed",
      finished: "Finished",
    },
    field: (counts) => `A square for each agency. ${counts}.`,
    notes: {
      gone: (seconds) =>
        seconds === null ? "not back since the central started" : `disconnected ${write.ago(seconds)}`,
      absent: () => "has not come yet",
      sending: () => "connected",
      closed: (seconds, reason) => `closed by the operator${reason === "" ? "" : `: ${reason}`}`,
      finished: () => "finished",
    },
    rate: "Bets a second",
    fiveMinutesAgo: "5 min ago",
    now: "now",
    rateNow: (now, most) => `Now ${write.count(now)}; most in the last 5 minutes, ${write.count(most)}.`,
    refusals: "Refusals",
    noRefusals: "None since the start.",
    reasons: {
      UNSUPPORTED_VERSION: "another version of the protocol",
      UNKNOWN_AGENCY: "an agency that is not expected",
      BAD_FRAME: "a malformed message",
      BAD_CHECKSUM: "a message damaged on its way",
      OUT_OF_ORDER: "a message out of place",
      BAD_BET: "an invalid bet",
      GAP: "bets missing in between",
      OVERLAP: "bets repeated in part",
      CONFLICT: "not what is stored",
      CLOSED: "bets after the close",
      ACKED_LOST: "acknowledged bets were lost",
      FORBIDDEN: "not allowed by the certificate",
      FENCED: "replaced by another session",
      STORAGE_FULL: "no room",
      SHUTTING_DOWN: "the central stops, or another takes over",
      TOO_SLOW: "too slow",
      BUSY: "too many connections",
    },
    journal: "Journal",
    size: "Size",
    fsyncs: "Writes to the disk (fsync)",
    fsyncHalf: "Half take up to",
    fsyncMost: "99% take up to",
    fsyncMax: "The slowest",
    partitions: "Partitions",
    partition: (name) => (name === "draw" ? "Draw" : `Bets ${name}`),
    ownedHere: "this central",
    ownedByNobody: "nobody now",
    takeOvers: (count) => `Taken over by this central since its start: ${write.count(count)}.`,
    connections: "Connections",
    open: "Open",
    sinceStart: "Since the start",
    footer: (version, started) => `Lotería ${version}. Running since ${write.instant(started)}.`,
  };
}
