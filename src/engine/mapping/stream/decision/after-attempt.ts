import { type LaneState, newLane, type OpenWindow, settledLane, withWindow } from "../lane.ts";
import type { LaneChange } from "../reading-event.ts";
import type { AttemptOutcome } from "./attempt-outcome.ts";
import type { Batch, BatchRecord, Circumstances, Discarded } from "./batch.ts";

/** GAP: AWS does not say how long it waits before it tries again; these fit what was recorded. */
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 60_000;
/** AWS: stateful processing, Lambda developer guide. */
const LARGEST_STATE_BYTES = 1024 * 1024;

/** How an attempt changes its lane. */
interface AfterAttempt<R extends BatchRecord> {
  readonly type: LaneChange;
  readonly state: LaneState;
  readonly discarded?: Discarded<R>;
}

interface Attempt<R extends BatchRecord> {
  readonly batch: Batch<R>;
  readonly requestId: string;
}

/** Decides what an attempt means for its lane. */
export function afterAttempt<R extends BatchRecord>(
  lane: LaneState,
  outcome: AttemptOutcome,
  attempt: Attempt<R>,
  at: Circumstances,
): AfterAttempt<R> {
  const { batch } = attempt;
  if (outcome.result === "notMade") return { type: "batchPutOff", state: setBack(lane, batch, at) };
  if (batch.window?.isFinal === true) return afterFinalCall(lane, outcome, attempt, at);
  const tried = withWindow(lane, handedOn(batch, outcome) ?? lane.window);
  if (outcome.result === "succeeded") return { type: "batchProcessed", state: settledLane(tried, batch.end, at.now) };
  const { from } = outcome;
  const first = batch.records[from ?? 0];
  if (from !== undefined && from > 0 && first !== undefined) {
    return { type: "batchProcessedInPart", state: cut(tried, { position: first.index, ends: [batch.end] }, at) };
  }
  const middle = batch.records[batch.records.length >> 1];
  // AWS: what a function reports takes the place of the middle.
  if (from === undefined && at.settings.bisects && middle !== undefined && batch.records.length > 1) {
    return {
      type: "batchBisected",
      state: cut(lane, { position: lane.position, ends: [middle.index, batch.end] }, at),
    };
  }
  return afterFailure(lane, attempt, at);
}

function afterFailure<R extends BatchRecord>(lane: LaneState, attempt: Attempt<R>, at: Circumstances): AfterAttempt<R> {
  const { batch, requestId } = attempt;
  const attempts = lane.attempts + 1;
  if (!isExhausted(attempts, at)) return { type: "batchFailed", state: failed(lane, attempt, at) };
  const discarded = {
    records: batch.records,
    condition: "RetryAttemptsExhausted" as const,
    invokeCount: attempts,
    requestId,
  };
  return { type: "batchDiscarded", state: settledLane(lane, batch.end, at.now), discarded };
}

/** AWS: the window is over when the function has taken the call, or when there are no more attempts. */
function afterFinalCall<R extends BatchRecord>(
  lane: LaneState,
  { result }: AttemptOutcome,
  attempt: Attempt<R>,
  at: Circumstances,
): AfterAttempt<R> {
  if (result === "failed" && !isExhausted(lane.attempts + 1, at)) {
    return { type: "batchFailed", state: failed(lane, attempt, at) };
  }
  const { position, ends } = lane;
  return { type: "windowClosed", state: { ...newLane(position, at.now), ends } };
}

function isExhausted(attempts: number, { settings: { maximumRetryAttempts: most } }: Circumstances): boolean {
  return most >= 0 && attempts > most;
}

/** The window as the function hands it on. */
function handedOn<R extends BatchRecord>({ window }: Batch<R>, outcome: AttemptOutcome): OpenWindow | undefined {
  if (window === undefined || outcome.result === "notMade" || outcome.state === undefined) return undefined;
  const { start } = window;
  const isTooLarge = Buffer.byteLength(outcome.state) > LARGEST_STATE_BYTES;
  return { start, state: outcome.state, ...(isTooLarge && { isTerminatedEarly: true as const }) };
}

/** A lane whose next batches begin and end there, none of which was tried as it is. */
function cut({ ends, window }: LaneState, next: Pick<LaneState, "position" | "ends">, at: Circumstances): LaneState {
  const last = next.ends.at(-1) ?? 0;
  const later = ends.filter((end) => end > last);
  const retryAt = at.now + FIRST_DELAY_MS;
  return { ...newLane(next.position, at.now), ends: [...next.ends, ...later], retryAt, ...(window && { window }) };
}

function failed<R extends BatchRecord>(
  lane: LaneState,
  { batch, requestId }: Attempt<R>,
  at: Circumstances,
): LaneState {
  return { ...setBack(lane, batch, at), attempts: lane.attempts + 1, requestId };
}

/** The same batch is next, after a while. */
function setBack<R extends BatchRecord>(
  lane: LaneState,
  { records, end }: Batch<R>,
  { now }: Circumstances,
): LaneState {
  const { ends, setbacks } = lane;
  const isKnown = records.length === 0 || ends[0] === end;
  const retryAt = now + Math.min(FIRST_DELAY_MS * 2 ** setbacks, LONGEST_DELAY_MS);
  return { ...lane, ends: isKnown ? ends : [end, ...ends], setbacks: setbacks + 1, retryAt };
}
