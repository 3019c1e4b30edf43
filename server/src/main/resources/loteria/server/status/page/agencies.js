/**
 * The agencies, a row each, with a bar. How many bets an agency is going to have is known when it finishes, so a
 * bar says how many it has beside the agency that has most, and by its end whether there are more to come.
 *
 * There may be tens of thousands of agencies: the document never has more than ROWS_MAX rows, which stay where they are and
 * change their content. Where the agencies are more than that, those that need attention come first, and they can be
 * chosen by kind, by number and by name.
 */
import { element, make, mark, say, show } from "./elements.js";
import { drawField } from "./field.js";

const ROWS_MAX = 25;

/** Those that need attention first. */
const KINDS = ["gone", "absent", "sending", "closed", "finished"];

/** Those whose bets may be more. */
const OPEN = new Set(["gone", "absent", "sending"]);

/** Which of KINDS an agency is of. */
export function kindOf(agency) {
  if (agency.closed !== null) {
    return "closed";
  }
  if (agency.finished) {
    return "finished";
  }
  if (agency.connected) {
    return "sending";
  }
  return agency.bets > 0 || agency.seconds_since_seen !== null ? "gone" : "absent";
}

export class Agencies {
  #words;
  #rows = [];
  #counts = new Map();
  #shown = { kind: "all", text: "", first: 0 };
  #status = null;

  constructor(words) {
    this.#words = words;
    for (const kind of ["all", ...KINDS]) {
      this.#addChoice(kind);
    }
    element("tools").addEventListener("submit", (event) => event.preventDefault());
    element("kinds").addEventListener("change", (event) =>
      this.#choose({ kind: event.target.value, first: 0 }),
    );
    element("find").addEventListener("input", (event) =>
      this.#choose({ text: event.target.value.trim().toLowerCase(), first: 0 }),
    );
    element("earlier").addEventListener("click", () => this.#choose({ first: this.#shown.first - ROWS_MAX }));
    element("later").addEventListener("click", () => this.#choose({ first: this.#shown.first + ROWS_MAX }));
  }

  #addChoice(kind) {
    const input = make("input", "");
    mark(input, { type: "radio", name: "kind", value: kind });
    input.checked = kind === "all";
    const count = make("span", "count");
    this.#counts.set(kind, count);
    const label = make("label", "kind", input, make("span", "", this.#words.kinds[kind]), " ", count);
    mark(label, { "data-kind": kind });
    element("kinds").append(label);
  }

  #choose(change) {
    this.#shown = { ...this.#shown, ...change };
    this.#renderRows();
  }

  render(status) {
    const agencies = status.agencies.map((agency) => ({ ...agency, kind: kindOf(agency) }));
    this.#status = {
      agencies,
      drawn: status.draw !== null,
      most: agencies.reduce((most, { bets }) => Math.max(most, bets), 0),
    };
    const many = agencies.length > ROWS_MAX;
    show(element("many"), many);
    if (many) {
      this.#renderMany();
    }
    this.#renderRows();
  }

  #renderMany() {
    const { agencies } = this.#status;
    const counts = new Map(["all", ...KINDS].map((kind) => [kind, 0]));
    for (const { kind } of agencies) {
      counts.set(kind, counts.get(kind) + 1);
    }
    counts.set("all", agencies.length);
    for (const [kind, count] of counts) {
      say(this.#counts.get(kind), this.#words.write.count(count));
    }
    const told = KINDS.filter((kind) => counts.get(kind) > 0).map(
      (kind) => `${this.#words.kinds[kind]}: ${this.#words.write.count(counts.get(kind))}`,
    );
    mark(element("field"), { "aria-label": this.#words.field(told.join(", ")) });
    drawField(
      element("field"),
      agencies.map(({ kind }) => kind),
    );
  }

  #renderRows() {
    const { agencies, drawn, most } = this.#status;
    const chosen = this.#chosen(agencies);
    const first = Math.max(
      0,
      Math.min(this.#shown.first, Math.floor((chosen.length - 1) / ROWS_MAX) * ROWS_MAX),
    );
    this.#shown.first = first;
    const page = chosen.slice(first, first + ROWS_MAX);

    while (this.#rows.length < page.length) {
      this.#rows.push(new Row(this.#words));
      element("rows").append(this.#rows.at(-1).row);
    }
    this.#rows.forEach((row, index) => row.render(page[index] ?? null, most, drawn));

    mark(element("agencies"), { "data-drawn": drawn ? "" : null });
    say(
      element("scale"),
      this.#words.scale(
        most,
        agencies.some(({ kind }) => OPEN.has(kind)),
      ),
    );
    show(element("none"), page.length === 0);
    show(element("pages"), chosen.length > ROWS_MAX);
    say(element("range"), this.#words.range(first + 1, first + page.length, chosen.length));
    element("earlier").disabled = first === 0;
    element("later").disabled = first + ROWS_MAX >= chosen.length;
  }

  #chosen(agencies) {
    if (agencies.length <= ROWS_MAX) {
      return agencies;
    }
    const { kind, text } = this.#shown;
    const isSought = ({ agency, name }) =>
      `${agency}`.startsWith(text) || (name !== null && name.toLowerCase().includes(text));
    return agencies
      .filter((agency) => (kind === "all" || agency.kind === kind) && isSought(agency))
      .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.agency - b.agency);
  }
}

class Row {
  row;
  #words;
  #number = make("th", "which");
  #name = make("div", "named");
  #bar = make("div", "bar");
  #note = make("span", "note");
  #bets = make("td", "count");
  #winners = make("td", "count winners");

  constructor(words) {
    this.#words = words;
    mark(this.#number, { scope: "row" });
    const line = make("div", "line", this.#bar);
    mark(line, { "aria-hidden": "true" });
    this.row = make(
      "tr",
      "",
      this.#number,
      make("td", "", this.#name, make("div", "standing", line, this.#note)),
      this.#bets,
      this.#winners,
    );
  }

  /** Shows an agency, or nothing if there is none for this row. */
  render(agency, most, drawn) {
    show(this.row, agency !== null);
    if (agency === null) {
      return;
    }
    mark(this.row, { "data-agency": agency.agency, "data-kind": agency.kind });
    this.#bar.style.width = `${most === 0 ? 0 : (100 * agency.bets) / most}%`;
    say(this.#number, `${agency.agency}`);
    show(this.#name, agency.name !== null);
    say(this.#name, agency.name ?? "");
    say(this.#note, this.#words.notes[agency.kind](agency.seconds_since_seen, agency.closed));
    say(this.#bets, this.#words.write.count(agency.bets));
    say(this.#winners, drawn && agency.winners !== null ? this.#words.write.count(agency.winners) : "");
    mark(this.row, { "data-won": agency.winners > 0 ? "" : null });
  }
}
