import type { Found } from "./found.ts";

/** A message moves to the dead-letter queue when it is received once more than that. */
export const MOST_RECEIVES = 2;

export type Place = "standard" | "jobs.fifo" | "receiver" | "clicks";

/** What was asked for with a text, and what came of it as far as was answered. */
interface Line {
  readonly place: Place;
  /** Texts of one are in order: a message group, or a partition key. */
  readonly group: string;
  isAcknowledged: boolean;
  receives: number;
  deletion: "none" | "asked" | "acknowledged";
}

/** What was acknowledged, which outlives the server that acknowledged it. */
export class Ledger {
  readonly #lines = new Map<string, Line>();
  /** Receives that were asked for and not answered: each may have received anything. */
  #unanswered = 0;

  asked(place: Place, group: string, text: string): void {
    if (this.#lines.has(text)) return;
    this.#lines.set(text, { place, group, isAcknowledged: false, receives: 0, deletion: "none" });
  }

  acknowledged(text: string): void {
    this.#line(text).isAcknowledged = true;
  }

  receiving(): void {
    this.#unanswered++;
  }

  received(texts: readonly string[]): void {
    this.#unanswered--;
    for (const text of texts) this.#line(text).receives++;
  }

  deleting(text: string): void {
    this.#line(text).deletion = "asked";
  }

  deleted(text: string): void {
    this.#line(text).deletion = "acknowledged";
  }

  /** Texts that are there: to send them again makes nothing of it where they are known. */
  sentLately(place: Place): readonly string[] {
    return [...this.#lines]
      .filter(([, line]) => line.place === place)
      .map(([text]) => text)
      .slice(-3);
  }

  /** The first text of that group which may be there. */
  first(group: string): string | undefined {
    return [...this.#lines].find(([, line]) => line.group === group && line.deletion === "none")?.[0];
  }

  /** What is wrong with what there is, after which what nobody knew is known. */
  settle(found: readonly Found[]): readonly string[] {
    const byText = new Map(found.map((one) => [one.text, one]));
    const complaints = [...twice(found), ...strangers(found, this.#lines), ...this.#outOfOrder(found)];
    for (const [text, line] of this.#lines) {
      const one = byText.get(text);
      const complaint = this.#complaintAbout(line, one);
      if (complaint !== undefined) complaints.push(`${text} of ${line.place} ${complaint}`);
      if (one === undefined) this.#lines.delete(text);
      else Object.assign(line, { isAcknowledged: true, receives: one.receives, deletion: "none" });
    }
    this.#unanswered = 0;
    return complaints;
  }

  #complaintAbout({ place, isAcknowledged, receives, deletion }: Line, one: Found | undefined): string | undefined {
    if (one === undefined) return isAcknowledged && deletion === "none" ? "is lost" : undefined;
    if (deletion === "acknowledged") return "is there once more";
    if (one.receives < receives) return `was received ${receives} times, and ${one.receives} are known`;
    if (one.receives > receives + this.#unanswered) return `was received ${receives} times, not ${one.receives}`;
    const mayBeDead = place === "standard" && receives + this.#unanswered > MOST_RECEIVES - 1;
    return one.place === place || (one.place === "dead" && mayBeDead) ? undefined : `is in ${one.place}`;
  }

  /** Texts of one group that do not stand in the order in which they were asked for. */
  #outOfOrder(found: readonly Found[]): readonly string[] {
    const order = [...this.#lines.keys()];
    const ranks = new Map(order.map((text, rank) => [text, rank]));
    const latest = new Map<string, number>();
    return found.flatMap(({ text }) => {
      const line = this.#lines.get(text);
      if (line === undefined || line.place === "standard") return [];
      const rank = ranks.get(text) ?? 0;
      const isLate = rank < (latest.get(line.group) ?? 0);
      latest.set(line.group, rank);
      return isLate ? [`${text} of ${line.place} is behind a later one`] : [];
    });
  }

  #line(text: string): Line {
    const line = this.#lines.get(text);
    if (line === undefined) throw new Error(`Nobody asked for ${text}.`);
    return line;
  }
}

function twice(found: readonly Found[]): string[] {
  const seen = new Set<string>();
  return found.flatMap(({ place, text }) => {
    if (seen.has(text)) return [`${text} is in ${place} although it was elsewhere already`];
    seen.add(text);
    return [];
  });
}

function strangers(found: readonly Found[], known: ReadonlyMap<string, unknown>): readonly string[] {
  return found.filter(({ text }) => !known.has(text)).map(({ text, place }) => `${text} is in ${place} for no reason`);
}
