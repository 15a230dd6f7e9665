import type { MappingDueKind } from "../../mapping-due.ts";
import { type LaneState, type OpenWindow, settledLane } from "../lane.ts";
import {
  type Batch,
  type BatchRecord,
  type Circumstances,
  type Collected,
  type Discarded,
  type WindowCall,
  windowStart,
} from "./batch.ts";

/** What is to be done in a lane. */
export type Step<R extends BatchRecord> =
  | { readonly kind: "invoke"; readonly batch: Batch<R> }
  | { readonly kind: "expire"; readonly state: LaneState; readonly discarded: Discarded<R> }
  /** What lies before it needs no invocation. */
  | { readonly kind: "pass"; readonly state: LaneState }
  /** Nothing, until then or until there is more, which alone changes something unless it is said what happens then. */
  | { readonly kind: "wait"; readonly until: number; readonly for: MappingDueKind | undefined }
  /** Nothing any more. */
  | { readonly kind: "finish" };

/** Decides what is next in a lane. */
export function nextStep<R extends BatchRecord>(lane: LaneState, collected: Collected<R>, at: Circumstances): Step<R> {
  const closing = closingWindow(lane, collected, at);
  if (closing !== undefined)
    return attempt({ records: [], end: lane.position, window: closing }, retryOf(lane), at.now);
  const { records, end } = collected;
  const [first] = records;
  if (first === undefined) return stepWithoutRecords(lane, collected, at);
  const fresh = records.findIndex(({ arrivedAt }) => arrivedAt + at.ageLimitMs > at.now);
  if (fresh !== 0) return expiry(lane, records.slice(0, fresh < 0 ? undefined : fresh), fresh < 0 ? end : undefined);
  const step = attempt(batchOf(lane, collected, at), dueAt(lane, collected, { first, ...at }), at.now);
  const expiresAt = first.arrivedAt + at.ageLimitMs;
  return step.kind === "wait" && expiresAt < step.until ? { kind: "wait", until: expiresAt, for: "expires" } : step;
}

/** When an attempt can be made, and what it is then. */
interface Due {
  readonly at: number;
  readonly for: MappingDueKind;
}

function attempt<R extends BatchRecord>(batch: Batch<R>, due: Due | undefined, now: number): Step<R> {
  return due !== undefined && due.at > now ? { kind: "wait", until: due.at, for: due.for } : { kind: "invoke", batch };
}

function retryOf({ retryAt }: LaneState): Due | undefined {
  return retryAt === undefined ? undefined : { at: retryAt, for: "retried" };
}

function stepWithoutRecords<R extends BatchRecord>(
  lane: LaneState,
  { end, state }: Collected<R>,
  at: Circumstances,
): Step<R> {
  const reached = Math.max(end, lane.ends[0] ?? 0);
  if (reached > lane.position) return { kind: "pass", state: settledLane(lane, reached, lane.freeSince) };
  if (state === "shardEnd") return { kind: "finish" };
  const { window } = lane;
  const { tumblingWindowMs } = at.settings;
  if (window === undefined || tumblingWindowMs === 0) {
    return { kind: "wait", until: Number.POSITIVE_INFINITY, for: undefined };
  }
  return { kind: "wait", until: window.start + tumblingWindowMs, for: "tumblingWindowEnds" };
}

/** The call that ends the lane's window, when that is over: by time, since nothing of it is left, or too large. */
function closingWindow<R extends BatchRecord>(
  { window }: LaneState,
  { records: [first], state }: Collected<R>,
  { settings: { tumblingWindowMs }, now }: Circumstances,
): WindowCall | undefined {
  if (window === undefined || tumblingWindowMs === 0) return undefined;
  const isTerminatedEarly = window.isTerminatedEarly === true;
  const isOver =
    first === undefined
      ? state === "shardEnd" || now >= window.start + tumblingWindowMs
      : windowStart(first.arrivedAt, tumblingWindowMs) !== window.start;
  if (!isOver && !isTerminatedEarly) return undefined;
  return { ...callOf(window, tumblingWindowMs), isFinal: true, isTerminatedEarly };
}

function callOf({ start, state }: OpenWindow, lengthMs: number): WindowCall {
  return { start, end: start + lengthMs, state, isFinal: false, isTerminatedEarly: false };
}

function batchOf<R extends BatchRecord>(
  { window }: LaneState,
  { records, end }: Collected<R>,
  { settings: { tumblingWindowMs } }: Circumstances,
): Batch<R> {
  const [first] = records;
  if (tumblingWindowMs === 0 || first === undefined) return { records, end };
  const begun = { start: windowStart(first.arrivedAt, tumblingWindowMs), state: "{}" };
  return { records, end, window: callOf(window ?? begun, tumblingWindowMs) };
}

/** When the next attempt is made: after a setback, or when no more is collected. */
function dueAt<R extends BatchRecord>(
  lane: LaneState,
  { state }: Collected<R>,
  { first, settings }: Circumstances & { readonly first: R },
): Due | undefined {
  const { windowMs, tumblingWindowMs } = settings;
  if (lane.ends.length > 0 || state !== "partial" || windowMs === 0) return retryOf(lane);
  const collectedAt = Math.max(first.arrivedAt, lane.freeSince) + windowMs;
  if (tumblingWindowMs === 0) return { at: collectedAt, for: "windowEnds" };
  const windowEndsAt = windowStart(first.arrivedAt, tumblingWindowMs) + tumblingWindowMs;
  return { at: Math.min(collectedAt, windowEndsAt), for: "windowEnds" };
}

/** Takes the first records out of what is next; with the last of them that is settled, up to its end. */
function expiry<R extends BatchRecord>(lane: LaneState, records: readonly R[], end: number | undefined): Step<R> {
  const { attempts, requestId, freeSince } = lane;
  const tried = attempts > 0 && requestId !== undefined ? { requestId } : {};
  const discarded = { records, condition: "RecordAgeExceeded" as const, invokeCount: Math.max(1, attempts), ...tried };
  const last = records.at(-1);
  const state = end === undefined ? { ...lane, position: (last?.index ?? 0) + 1 } : settledLane(lane, end, freeSince);
  return { kind: "expire", state, discarded };
}
