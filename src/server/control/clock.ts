import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { type ControlledClock, LONGEST_ADVANCE_MS, TimeError } from "../../kernel/time/controlled-clock.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import { type AnswerOf, controlRoute, Refusal } from "./contract.ts";
import { account } from "./inputs.ts";

/** The clocks that tests move. */
export interface ClockDeps {
  /** Whose clock is meant unless a request says. */
  readonly account: string;
  readonly clockOf: (account: string) => ControlledClock;
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

const clockState = {
  type: "object",
  properties: {
    account,
    time: { type: "string", format: "date-time" },
    isFrozen: { type: "boolean" },
    pending: { type: "integer", minimum: 0, description: "For how many instants something waits." },
  },
  required: ["account", "time", "isFrozen", "pending"],
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
    inputs: { seconds, account },
    required: ["seconds"],
    answer: clockState,
    handle: (deps: ClockDeps, { seconds, ...inputs }) =>
      moved(deps, inputs, (clock) => advance(clock, Math.round(seconds * 1000))),
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

/** What is to be said of a clock once it has been moved. */
function moved(
  { account: standard, clockOf }: ClockDeps,
  { account: owner = standard }: { readonly account?: string },
  move: (clock: ControlledClock) => void,
): AnswerOf<typeof clockState> {
  const clock = clockOf(owner);
  move(clock);
  return { account: owner, time: formatIso8601(clock.now()), isFrozen: clock.isFrozen, pending: clock.pending };
}

function advance(clock: ControlledClock, ms: number): void {
  try {
    clock.advance(ms);
  } catch (cause) {
    throw cause instanceof TimeError ? new Refusal(cause.message) : cause;
  }
}
