import type { FunctionAnswer } from "../../../engine/invocation.ts";
import type { FilterCriteria } from "../../../engine/mapping/filter/filter-criteria.ts";
import type { StreamMapping } from "../../../engine/mapping/mapping.ts";
import type { MappingCounters } from "../../../engine/mapping/mapping-counters.ts";
import type { MappingDueKind } from "../../../engine/mapping/mapping-due.ts";
import { afterAttempt } from "../../../engine/mapping/stream/decision/after-attempt.ts";
import { outcomeOf } from "../../../engine/mapping/stream/decision/attempt-outcome.ts";
import type { Batch, Circumstances, Discarded } from "../../../engine/mapping/stream/decision/batch.ts";
import { nextStep } from "../../../engine/mapping/stream/decision/next-step.ts";
import type { LaneState } from "../../../engine/mapping/stream/lane.ts";
import type { LaneChange } from "../../../engine/mapping/stream/reading-event.ts";
import type { StreamReading } from "../../../engine/mapping/stream/stream-reading.ts";
import type { Following } from "../../../engine/stream/consumer/following.ts";
import type { Shard } from "../../../engine/stream/shard/shard.ts";
import type { HeapItem } from "../../../kernel/collection/indexed-heap.ts";
import type { LastResponse } from "./discarded-document.ts";
import { LaneRecords, type LookedNumbers } from "./lane-records.ts";
import { resultOf } from "./processing-result.ts";
import type { PlacedRecord, RecordOrigin } from "./record-event.ts";

/** What a lane needs of the reader it belongs to. */
export interface LaneHost {
  readonly mapping: StreamMapping;
  readonly filters: FilterCriteria;
  readonly following: Following;
  readonly reading: StreamReading;
  readonly counters: MappingCounters;
  /** Whether anybody wants to know which records are looked at. */
  readonly isTold: boolean;
  /** Name of the consumer by which the stream is read, if it is by one. */
  readonly consumer: string | undefined;
  now(): number;
  newRequestId(): string;
  originOf(shard: Shard): RecordOrigin;
  /** Calls the function; undefined when nobody wants to know any more what it answered. */
  call(requestId: string, batch: Batch<PlacedRecord>, shard: Shard): Promise<FunctionAnswer | undefined>;
  move(lane: ShardLane, change: { readonly type: LaneChange; readonly state: LaneState }): void;
  discard(discarded: Discarded<PlacedRecord>, lane: ShardLane, response: LastResponse | undefined): void;
  /** Hears which records were looked at. */
  looked(numbers: LookedNumbers): void;
  /** Hears how the latest batch ended. */
  processed(result: string): void;
  /** Hears that the function has answered, so that the lane may go on. */
  isFree(lane: ShardLane): void;
}

/** One lane of a shard: does what is next in it, one invocation after the other. */
export class ShardLane implements HeapItem {
  heapSlot = -1;
  readonly shard: Shard;
  readonly lane: number;
  readonly #host: LaneHost;
  readonly #records: LaneRecords;
  #isBusy = false;
  #isFinished = false;
  #waitsFor: MappingDueKind | undefined;

  constructor(shard: Shard, lane: number, host: LaneHost) {
    this.shard = shard;
    this.lane = lane;
    this.#host = host;
    const { following, reading } = host;
    this.#records = new LaneRecords({ following, reading, shard, lane });
  }

  /** Whether an invocation is under way. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Whether the shard is closed, and everything of it that is of this lane is settled. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Whether a batch waits to be tried again, so that more records change nothing. */
  get isHeldUp(): boolean {
    return this.#state.ends.length > 0;
  }

  /** What it does next by time alone, where that is more than to look at records. */
  get waitsFor(): MappingDueKind | undefined {
    return this.#waitsFor;
  }

  /** Has records be looked at anew, since something else may be wanted. */
  forget(): void {
    this.#records.forget();
  }

  /** Does what there is to do. Returns when there is more by time alone; Infinity when there is not. */
  run(): number {
    this.#waitsFor = undefined;
    while (!this.#isBusy && !this.#isFinished) {
      const { mapping, filters, isTold } = this.#host;
      const state = this.#state;
      const origin = this.#host.originOf(this.shard);
      const collected = this.#records.collect(state, { ...mapping, filters, origin, isTold });
      this.#count(collected);
      if (collected.numbers !== undefined) this.#host.looked(collected.numbers);
      if (collected.isBehind) return this.#host.now();
      const step = nextStep(state, collected, this.#circumstances);
      switch (step.kind) {
        case "wait":
          this.#waitsFor = step.for;
          return step.until;
        case "finish":
          this.#isFinished = true;
          break;
        case "pass":
          this.#move({ type: "recordsPassed", state: step.state });
          break;
        case "expire":
          this.#move({ type: "recordsExpired", state: step.state });
          this.#host.discard(step.discarded, this, undefined);
          break;
        case "invoke":
          void this.#invoke({ ...step.batch, records: [...step.batch.records] });
      }
    }
    return Number.POSITIVE_INFINITY;
  }

  get #state(): LaneState {
    return this.#host.reading.lane(this.shard.index, this.lane);
  }

  get #circumstances(): Circumstances {
    const { mapping, following } = this.#host;
    const { maximumRecordAgeMs } = mapping;
    // AWS: records that are tried again and again are given up when they leave the stream.
    const ageLimitMs =
      maximumRecordAgeMs < 0 ? following.retentionMs : Math.min(maximumRecordAgeMs, following.retentionMs);
    return { settings: mapping, ageLimitMs, now: this.#host.now() };
  }

  #count({ polled, filteredOut }: Pick<MappingCounters, "polled" | "filteredOut">): void {
    const { counters } = this.#host;
    counters.polled += polled;
    counters.filteredOut += filteredOut;
  }

  #move(change: { readonly type: LaneChange; readonly state: LaneState }): void {
    const { following, consumer } = this.#host;
    this.#host.move(this, change);
    following.noteRead(this.shard, change.state.position, consumer);
  }

  async #invoke(batch: Batch<PlacedRecord>): Promise<void> {
    this.#isBusy = true;
    const { following, consumer, counters } = this.#host;
    following.noteRead(this.shard, batch.end, consumer);
    counters.invoked += batch.records.length;
    const requestId = this.#host.newRequestId();
    const answer = await this.#host.call(requestId, batch, this.shard);
    this.#isBusy = false;
    if (answer === undefined) return;
    this.#take(answer, batch, requestId);
    this.#host.isFree(this);
  }

  #take(answer: FunctionAnswer, batch: Batch<PlacedRecord>, requestId: string): void {
    const { mapping, counters } = this.#host;
    const { records, window } = batch;
    const expected = { reportsFailures: mapping.reportsFailures, hasWindow: window !== undefined };
    const outcome = outcomeOf(answer, records, expected);
    if (outcome.result !== "succeeded") counters.failedInvoke += records.length;
    const at = this.#circumstances;
    const last = records.at(-1);
    if (last !== undefined) counters.iteratorAgeMs = at.now - last.arrivedAt;
    const { discarded, ...change } = afterAttempt(this.#state, outcome, { batch, requestId }, at);
    this.#move(change);
    if (discarded !== undefined) this.#host.discard(discarded, this, responseOf(answer));
    this.#host.processed(resultOf(answer, change.type));
  }
}

function responseOf(answer: FunctionAnswer): LastResponse | undefined {
  if (answer.type !== "answered" && answer.type !== "failed") return undefined;
  return { executedVersion: answer.executedVersion, isFunctionError: answer.type === "failed" };
}
