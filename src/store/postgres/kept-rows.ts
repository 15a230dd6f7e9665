import { scopeOfArn } from "../../kernel/arn.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { decodeEntries } from "../entry-codec.ts";
import type { Connection } from "./connection.ts";
import { type Piece, textsIn } from "./pieces.ts";
import { type FactsRow, GET_BATCHES, GET_CHUNKS } from "./tables.ts";

interface ChunkRow extends Piece {
  readonly chunk: number;
}

interface BatchRow extends Piece {
  readonly number: string;
  readonly part: number;
  readonly parts: number;
}

const MORE_THAN_ANY_PART = 2 ** 31 - 1;

/** What a database holds, fetched and not looked at yet. */
export class KeptRows {
  readonly #chunks: readonly ChunkRow[];
  readonly #batches: readonly BatchRow[];
  readonly #facts: FactsRow;
  readonly #refuse: (how: string) => never;

  private constructor(
    facts: FactsRow,
    { chunks, batches }: { readonly chunks: readonly ChunkRow[]; readonly batches: readonly BatchRow[] },
    refuse: (how: string) => never,
  ) {
    this.#facts = facts;
    this.#chunks = chunks;
    this.#batches = batches;
    this.#refuse = refuse;
  }

  /** `refuse` throws what is to be thrown when something is damaged. */
  static async fetch(connection: Connection, facts: FactsRow, refuse: (how: string) => never): Promise<KeptRows> {
    const chunks = await all<ChunkRow>(connection, GET_CHUNKS, [facts.base, 0], ({ chunk }) => [facts.base, chunk + 1]);
    const before = String(Number(facts.first_batch) - 1);
    const batches = await all<BatchRow>(connection, GET_BATCHES, [before, MORE_THAN_ANY_PART], ({ number, part }) => [
      number,
      part,
    ]);
    return new KeptRows(facts, { chunks, batches }, refuse);
  }

  /** Throws as soon as it finds something damaged. */
  *entries(): Generator<readonly Entry[], void, void> {
    let text = 0;
    for (const bytes of textsIn(this.#allChunks())) yield this.#decoded(bytes, `part ${text++}`);
    yield* this.#entriesOfBatches();
  }

  *#allChunks(): Generator<Piece, void, void> {
    let expected = 0;
    for (const row of this.#chunks) {
      if (row.chunk !== expected++) this.#refuse(`a part of what it holds is missing, ${expected - 1}`);
      yield row;
    }
    if (expected !== this.#facts.chunks) this.#refuse(`of ${this.#facts.chunks} parts it has ${expected}`);
  }

  /** Those that are not in the base of their account. */
  *#entriesOfBatches(): Generator<readonly Entry[], void, void> {
    const baseAt = new Map(Object.entries(JSON.parse(this.#facts.base_at) as Readonly<Record<string, number>>));
    let settled = 0;
    for (const last of baseAt.values()) settled = Math.max(settled, last);
    for (const { number, rows } of this.#wholeBatches()) {
      for (const bytes of textsIn(rows)) {
        const entries = this.#decoded(bytes, `batch ${number}`);
        if (number > settled) yield entries;
        else yield entries.filter(({ resource }) => number > (baseAt.get(scopeOfArn(resource).account) ?? 0));
      }
    }
  }

  /** In order. Parts of one whose writing came to no end are the last, and nothing. */
  *#wholeBatches(): Generator<{ readonly number: number; readonly rows: readonly BatchRow[] }, void, void> {
    let expected = Number(this.#facts.first_batch);
    for (let at = 0; at < this.#batches.length; ) {
      const [first, number] = [this.#batches[at] as BatchRow, Number(this.#batches[at]?.number)];
      let end = at + 1;
      while (Number(this.#batches[end]?.number) === number) end++;
      if (first.part !== 0 && end === this.#batches.length) return;
      if (number !== expected || first.part !== 0) this.#refuse(`batch ${expected} is missing`);
      const rows = this.#batches.slice(at, Math.min(end, at + first.parts));
      const missing = Array.from({ length: first.parts }, (_, part) => part).find((part) => rows[part]?.part !== part);
      if (missing !== undefined) this.#refuse(`part ${missing} of batch ${number} is missing`);
      yield { number, rows };
      expected++;
      at = end;
    }
  }

  #decoded(bytes: Buffer, what: string): readonly Entry[] {
    const entries = decodeEntries(bytes);
    return typeof entries === "object" ? entries : this.#refuse(`${what} is not what was written`);
  }
}

type Values = readonly (string | number)[];

/** All rows of a query that gives some at a time: those from `start` on, then those behind the last. */
async function all<Row>(connection: Connection, text: string, start: Values, behind: (last: Row) => Values) {
  const found: Row[] = [];
  for (let values = start; ; ) {
    const { rows } = await connection.run<Row>({ text, values });
    for (const row of rows) found.push(row);
    const last = rows.at(-1);
    if (last === undefined) return found;
    values = behind(last);
  }
}
