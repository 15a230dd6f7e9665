import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { LONGEST_ADVANCE_MS } from "../../../kernel/time/duration.ts";
import { instantOf } from "../../../kernel/time/instant.ts";
import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import type { MovableClock } from "../../../kernel/time/movable-clock.ts";
import { TimeError, TimeHeld } from "../../../kernel/time/time-error.ts";
import { type AnswerOf, controlRoute, Refusal } from "../contract.ts";
import { account } from "../inputs.ts";

/** The clocks that tests move. */
export interface ClockDeps {
  /** The clock of an account, or of every account and of those still to come. */
  readonly clockOf: (account?: string) => MovableClock;
}

const PATH = `${CONTROL_PREFIX}clock`;
const MOST_SECONDS = LONGEST_ADVANCE_MS / 1000;

const seconds = {
  type: "number",
  minimum: 0,
  maximum: MOST_SECONDS,
  multipleOf: 0.001,
  description: `seconds is a number from 0 to ${MOST_SECONDS}, to the millisecond.`,
} as const;

const duration = {
  type: "string",
  description: "The duration is a text such as 30s, 5m, 2d, 1h30m or PT1H.",
} as const;

const time = { type: "string", description: "The time is an instant such as 2026-01-31T12:00:00Z." } as const;

export const clockState = {
  type: "object",
  properties: {
    account: { ...account, description: "Absent when it is the time of every account." },
    time: { type: "string", format: "date-time" },
    isFrozen: { type: "boolean" },
    pending: { type: "integer", minimum: 0, description: "For how many instants something waits." },
  },
  required: ["time", "isFrozen", "pending"],
  additionalProperties: false,
} as const;

export const clockRoutes = [
  controlRoute({
    method: "GET",
    path: PATH,
    summary: "tells the time",
    inputs: { account },
    answer: clockState,
    handle: (deps: ClockDeps, inputs) => moved(deps, inputs, () => {}),
  }),
  controlRoute({
    method: "POST",
    path: `${PATH}/freeze`,
    summary: "stops it",
    inputs: { account },
    answer: clockState,
    handle: (deps: ClockDeps, inputs) => moved(deps, inputs, (clock) => clock.freeze()),
  }),
  controlRoute({
    method: "POST",
    path: `${PATH}/advance`,
    summary: "moves it forward",
    inputs: { seconds, duration, account },
    answer: clockState,
    handle: async (deps: ClockDeps, { seconds, duration, ...inputs }, signal) => {
      const by = lengthOf(seconds, duration);
      return movedForward(deps, inputs, (clock) => clock.advanceInTurns(by, { signal }));
    },
  }),
  controlRoute({
    method: "POST",
    path: `${PATH}/set`,
    summary: "moves it forward to an instant",
    inputs: { time, account },
    required: ["time"],
    answer: clockState,
    handle: async (deps: ClockDeps, { time: instant, ...inputs }, signal) =>
      movedForward(deps, inputs, (clock) => clock.advanceTo(instantOf(instant), { signal })),
  }),
  controlRoute({
    method: "POST",
    path: `${PATH}/resume`,
    summary: "lets it run on",
    inputs: { account },
    answer: clockState,
    handle: (deps: ClockDeps, inputs) => moved(deps, inputs, (clock) => clock.resume()),
  }),
];

interface Whose {
  readonly account?: string;
}

/** What is to be said of a clock once it has been moved. */
function moved({ clockOf }: ClockDeps, { account: owner }: Whose, move: (clock: MovableClock) => void) {
  const clock = clockOf(owner);
  move(clock);
  return shown(clock, owner);
}

/** What is to be said of a clock once it has been moved forward. Throws Refusal. */
export async function movedForward(
  { clockOf }: ClockDeps,
  { account: owner }: Whose,
  move: (clock: MovableClock) => Promise<void>,
) {
  try {
    await move(clockOf(owner));
  } catch (cause) {
    if (cause instanceof TimeHeld) throw new Refusal(cause.message, 409);
    throw cause instanceof TimeError ? new Refusal(cause.message) : cause;
  }
  return shown(clockOf(owner), owner);
}

function shown(clock: MovableClock, owner: string | undefined): AnswerOf<typeof clockState> {
  return { account: owner, time: formatIso8601(clock.now()), isFrozen: clock.isFrozen, pending: clock.pending };
}

/** How far time is to be moved, which is said in one of two ways. */
function lengthOf(ofSeconds: number | undefined, text: string | undefined): number | string {
  if (ofSeconds !== undefined && text !== undefined) throw new Refusal("There can be seconds or a duration, not both.");
  if (ofSeconds !== undefined) return Math.round(ofSeconds * 1000);
  if (text !== undefined) return text;
  throw new Refusal(`There must be seconds or a duration. ${seconds.description} ${duration.description}`);
}
