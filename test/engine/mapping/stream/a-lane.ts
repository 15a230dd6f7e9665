import { afterAttempt } from "../../../../src/engine/mapping/stream/decision/after-attempt.ts";
import type { AttemptOutcome } from "../../../../src/engine/mapping/stream/decision/attempt-outcome.ts";
import {
  type Batch,
  type Circumstances,
  type Collected,
  type Discarded,
  windowStart,
} from "../../../../src/engine/mapping/stream/decision/batch.ts";
import { nextStep, type Step } from "../../../../src/engine/mapping/stream/decision/next-step.ts";
import { type LaneState, newLane } from "../../../../src/engine/mapping/stream/lane.ts";

export const START = 1_700_000_000_000;

/** A record of the lane, or one that filters do not want. */
export interface ARecord {
  readonly index: number;
  readonly sequenceNumber: string;
  readonly arrivedAt: number;
  readonly isWanted: boolean;
}

export interface LaneOptions {
  readonly settings?: Partial<Circumstances["settings"]>;
  readonly batchSize?: number;
  readonly ageLimitMs?: number;
}

/** Records with these instants of arrival, behind START, with a gap between each and the next. */
export function records(...arrivals: readonly number[]): ARecord[] {
  return arrivals.map((arrivedMs, place) => {
    return { index: 2 * place + 1, sequenceNumber: `n${place}`, arrivedAt: START + arrivedMs, isWanted: true };
  });
}

/** A lane over a list of records, whose decisions are carried out one by one. */
export class ALane {
  state: LaneState = newLane(0, START);
  now = START;
  isClosed = false;
  readonly discarded: Discarded<ARecord>[] = [];
  readonly records: ARecord[];
  readonly #settings: Circumstances["settings"];
  readonly #batchSize: number;
  readonly #ageLimitMs: number;

  constructor(list: ARecord[], { settings, batchSize = 100, ageLimitMs = Number.POSITIVE_INFINITY }: LaneOptions = {}) {
    this.records = list;
    this.#batchSize = batchSize;
    this.#ageLimitMs = ageLimitMs;
    const none = { windowMs: 0, maximumRetryAttempts: -1, bisects: false, tumblingWindowMs: 0, reportsFailures: false };
    this.#settings = { ...none, ...settings };
  }

  get at(): Circumstances {
    return { settings: this.#settings, ageLimitMs: this.#ageLimitMs, now: this.now };
  }

  /** What is next, once all that needs no invocation was done. */
  next(): Exclude<Step<ARecord>, { kind: "expire" | "pass" }> {
    for (;;) {
      const step = nextStep(this.state, this.#collected(), this.at);
      if (step.kind !== "expire" && step.kind !== "pass") return step;
      if (step.kind === "expire") this.discarded.push(step.discarded);
      this.state = step.state;
    }
  }

  /** The next batch, whenever that is; fails when there is none. */
  batch(): Batch<ARecord> {
    const step = this.next();
    if (step.kind === "invoke") return step.batch;
    if (step.kind !== "wait" || step.until === Number.POSITIVE_INFINITY) throw new Error("there is no batch");
    this.now = step.until;
    return this.batch();
  }

  /** Has the function answer the next batch, and says with what it was called. */
  attempt(outcome: AttemptOutcome, requestId = "request"): readonly string[] {
    const batch = this.batch();
    this.answer(batch, outcome, requestId);
    return batch.records.map(({ sequenceNumber }) => sequenceNumber);
  }

  answer(batch: Batch<ARecord>, outcome: AttemptOutcome, requestId = "request"): void {
    const after = afterAttempt(this.state, outcome, { batch, requestId }, this.at);
    if (after.discarded !== undefined) this.discarded.push(after.discarded);
    this.state = after.state;
  }

  #collected(): Collected<ARecord> {
    const { position, ends } = this.state;
    const [limit = Number.POSITIVE_INFINITY] = ends;
    const taken: ARecord[] = [];
    let end = position;
    for (const record of this.records) {
      if (record.index < position || record.arrivedAt > this.now) continue;
      const isOther = taken[0] !== undefined && this.#windowOf(taken[0]) !== this.#windowOf(record);
      if (record.index >= limit || (ends.length === 0 && taken.length === this.#batchSize) || isOther) {
        return { records: taken, end: Math.max(end, ends[0] ?? 0), state: "full" };
      }
      if (record.isWanted) taken.push(record);
      end = record.index + 1;
    }
    const isFull = ends.length > 0 || taken.length === this.#batchSize;
    return {
      records: taken,
      end: Math.max(end, ends[0] ?? 0),
      state: isFull ? "full" : this.isClosed ? "shardEnd" : "partial",
    };
  }

  #windowOf({ arrivedAt }: ARecord): number {
    const { tumblingWindowMs } = this.#settings;
    return tumblingWindowMs === 0 ? 0 : windowStart(arrivedAt, tumblingWindowMs);
  }
}
