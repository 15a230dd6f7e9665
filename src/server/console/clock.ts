import type { FastifyInstance, FastifyReply } from "fastify";
import type { ControlledClock } from "../../kernel/controlled-clock.ts";
import { formatIso8601 } from "../../kernel/iso8601.ts";
import { CONSOLE_PREFIX } from "../dispatch.ts";
import { sayWhy } from "./complaint.ts";
import { readParameters } from "./parameters.ts";

/** The clocks that tests move. */
export interface ClockParts {
  /** Whose clock is meant unless a request says. */
  readonly account: string;
  readonly clockOf: (account: string) => ControlledClock;
}

/** About thirty years. */
const MOST_SECONDS = 1_000_000_000;
const SECONDS = /^\d{1,10}(?:\.\d{1,3})?$/;

/** `GET clock`, `POST clock/freeze`, `POST clock/resume` and `POST clock/advance?seconds=`, all with `?account=`. */
export function addClockRoutes(app: FastifyInstance, { account, clockOf }: ClockParts): void {
  const path = `${CONSOLE_PREFIX}clock`;
  const answer = (query: unknown, reply: FastifyReply, move: (clock: ControlledClock) => void): object => {
    const parameters = readParameters(query, ["account"]);
    if ("complaint" in parameters) return sayWhy(reply, 400, parameters.complaint);
    const owner = parameters.account ?? account;
    const clock = clockOf(owner);
    move(clock);
    return { account: owner, time: formatIso8601(clock.now()), isFrozen: clock.isFrozen, pending: clock.pending };
  };
  app.get(path, ({ query }, reply) => answer(query, reply, () => {}));
  app.post(`${path}/freeze`, ({ query }, reply) => answer(query, reply, (clock) => clock.freeze()));
  app.post(`${path}/resume`, ({ query }, reply) => answer(query, reply, (clock) => clock.resume()));
  app.post(`${path}/advance`, ({ query }, reply) => {
    const parameters = readParameters(query, ["seconds"]);
    if ("complaint" in parameters) return sayWhy(reply, 400, parameters.complaint);
    const seconds = SECONDS.test(parameters.seconds ?? "") ? Number(parameters.seconds) : Number.NaN;
    if (seconds <= MOST_SECONDS) return answer(query, reply, (clock) => clock.advance(Math.round(seconds * 1000)));
    return sayWhy(reply, 400, `seconds is a number from 0 to ${MOST_SECONDS}, to the millisecond.`);
  });
}
