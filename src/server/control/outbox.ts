import type { FastifyInstance } from "fastify";
import { CONSOLE_PREFIX } from "../../kernel/own-traffic.ts";
import { sayWhy } from "./complaint.ts";
import { phoneNumber, readParameters } from "./parameters.ts";

/** Reads the messages that would have left this machine: those that meet all conditions given, oldest first. */
export type ReadOutbox = (query: {
  readonly account?: string;
  readonly protocol?: string;
  readonly to?: string;
}) => readonly unknown[];

/** `GET outbox?protocol=&to=&account=`. */
export function addOutboxRoute(app: FastifyInstance, readOutbox: ReadOutbox): void {
  app.get(`${CONSOLE_PREFIX}outbox`, ({ query }, reply) => {
    const parameters = readParameters(query, ["account", "protocol", "to"]);
    if ("complaint" in parameters) return sayWhy(reply, 400, parameters.complaint);
    const { to, ...rest } = parameters;
    return { messages: readOutbox(to === undefined ? rest : { ...rest, to: phoneNumber(to) }) };
  });
}
