import type { FunctionAnswer } from "../../../invocation.ts";
import type { BatchRecord } from "./batch.ts";

/** What an attempt with a batch led to. */
export type AttemptOutcome =
  /** `state` is what is handed on within a tumbling window, as JSON. */
  | { readonly result: "succeeded"; readonly state?: string }
  | {
      readonly result: "failed";
      readonly isFunctionError: boolean;
      /** The first of the batch's records that is to come again, counted from 0, where the function said so. */
      readonly from?: number;
      readonly state?: string;
    }
  /** The function was not called. */
  | { readonly result: "notMade" };

/** What is asked of a function's answer. */
interface Expectations {
  readonly reportsFailures: boolean;
  readonly hasWindow: boolean;
}

type Answered = Extract<FunctionAnswer, { type: "answered" }>;

const SUCCEEDED: AttemptOutcome = { result: "succeeded" };
const REFUSED: AttemptOutcome = { result: "failed", isFunctionError: false };
const NOT_MADE: AttemptOutcome = { result: "notMade" };

/** Reads an answer. Throttled calls and those that found nobody are no attempts. */
export function outcomeOf(
  answer: FunctionAnswer,
  records: readonly BatchRecord[],
  expected: Expectations,
): AttemptOutcome {
  if (answer.type === "failed") return { result: "failed", isFunctionError: true };
  return answer.type === "answered" ? outcomeOfAnswered(answer, records, expected) : NOT_MADE;
}

/** AWS: without ReportBatchItemFailures and a tumbling window the answer is not looked at. */
function outcomeOfAnswered(
  { payload }: Answered,
  records: readonly BatchRecord[],
  expected: Expectations,
): AttemptOutcome {
  if (!expected.reportsFailures && !expected.hasWindow) return SUCCEEDED;
  const value = parsed(payload);
  const state = expected.hasWindow ? stateIn(value) : {};
  if (value === undefined || state === undefined) return REFUSED;
  if (!expected.reportsFailures) return { ...SUCCEEDED, ...state };
  const from = firstFailure(value, records);
  if (from === undefined) return { ...SUCCEEDED, ...state };
  return from === "unknown" ? REFUSED : { result: "failed", isFunctionError: false, from, ...state };
}

/** Undefined when the text is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** AWS: the answer within a window has a state, which is an object. */
function stateIn(value: unknown): { readonly state: string } | undefined {
  const { state } = isObject(value) ? value : {};
  return isObject(state) && !Array.isArray(state) ? { state: JSON.stringify(state) } : undefined;
}

/**
 * The first record that is reported, undefined when none is, and `unknown` when the report says what cannot be. AWS: an
 * answer without a list reports nothing, whatever else it is.
 */
function firstFailure(value: unknown, records: readonly BatchRecord[]): number | "unknown" | undefined {
  const reported = isObject(value) ? value.batchItemFailures : undefined;
  if (reported === undefined || reported === null) return undefined;
  if (!Array.isArray(reported)) return "unknown";
  const places = new Map(records.map(({ sequenceNumber }, place) => [sequenceNumber, place]));
  let first: number | undefined;
  for (const item of reported) {
    const identifier: unknown = isObject(item) ? item.itemIdentifier : undefined;
    const place = typeof identifier === "string" ? places.get(identifier) : undefined;
    if (place === undefined) return "unknown";
    first = Math.min(first ?? place, place);
  }
  return first;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
