import type { FastifyInstance, FastifyReply } from "fastify";
import { type ControlledClock, LONGEST_ADVANCE_MS, TimeError } from "../../kernel/controlled-clock.ts";
import { formatIso8601 } from "../../kernel/iso8601.ts";
import { CONSOLE_PREFIX } from "../../kernel/own-traffic.ts";
import { sayWhy } from "./complaint.ts";
import { readParameters } from "./parameters.ts";

/** The clocks that tests move. */
export interface ClockParts {
  /** Whose clock is meant unless a request says. */
  readonly account: string;
  readonly clockOf: (account: string) => ControlledClock;
}

const MOST_SECONDS = LONGEST_ADVANCE_MS / 1000;
const SECONDS = /^\d{1,10}(?:\.\d{1,3})?$/;

/** `GET clock`, `POST clock/freeze`, `POST clock/resume` and `POST clock/advance?seconds=`, all with `?account=`. */
export function addClockRoutes(app: FastifyInstance, { account, clockOf }: ClockParts): void {
  const path = `${CONSOLE_PREFIX}clock`;
  const state = (owner: string, clock: ControlledClock): object => {
    return { account: owner, time: formatIso8601(clock.now()), isFrozen: clock.isFrozen, pending: clock.pending };
  };
  const answer = (query: unknown, reply: FastifyReply, move: (clock: ControlledClock) => void): object => {
    const parameters = readParameters(query, ["account"]);
    if ("complaint" in parameters) return sayWhy(reply, 400, parameters.complaint);
    const { account: owner = account } = parameters;
    const clock = clockOf(owner);
    move(clock);
    return state(owner, clock);
  };
  app.get(path, ({ query }, reply) => answer(query, reply, () => {}));
  app.post(`${path}/freeze`, ({ query }, reply) => answer(query, reply, (clock) => clock.freeze()));
  app.post(`${path}/resume`, ({ query }, reply) => answer(query, reply, (clock) => clock.resume()));
  app.post(`${path}/advance`, ({ query }, reply) => {
    const parameters = readParameters(query, ["seconds", "account"]);
    if ("complaint" in parameters) return sayWhy(reply, 400, parameters.complaint);
    const { seconds, account: owner = account } = parameters;
    const ms = SECONDS.test(seconds ?? "") ? Math.round(Number(seconds) * 1000) : Number.NaN;
    if (!(ms <= LONGEST_ADVANCE_MS)) {
      return sayWhy(reply, 400, `seconds is a number from 0 to ${MOST_SECONDS}, to the millisecond.`);
    }
    const clock = clockOf(owner);
    const complaint = complaintOfAdvance(clock, ms);
    return complaint === undefined ? state(owner, clock) : sayWhy(reply, 400, complaint);
  });
}

/** Advances the clock, or says why that cannot be. */
function complaintOfAdvance(clock: ControlledClock, ms: number): string | undefined {
  try {
    clock.advance(ms);
    return undefined;
  } catch (cause) {
    if (cause instanceof TimeError) return cause.message;
    throw cause;
  }
}
