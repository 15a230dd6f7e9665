import type { FastifyInstance } from "fastify";
import { CONSOLE_PREFIX } from "../../kernel/own-traffic.ts";
import { sayWhy } from "./complaint.ts";
import { readParameters } from "./parameters.ts";

/** Reads what happened to messages on their way to subscriptions: the latest lines that meet all conditions, oldest first. */
export type ReadDeliveries = (query: {
  readonly account?: string;
  readonly topic?: string;
  readonly subscription?: string;
  readonly limit: number;
}) => readonly unknown[];

const LIMIT = { unlessGiven: 1000, max: 10_000 };

/** `GET deliveries?topic=&subscription=&account=&limit=`. */
export function addDeliveriesRoute(app: FastifyInstance, readDeliveries: ReadDeliveries): void {
  app.get(`${CONSOLE_PREFIX}deliveries`, ({ query }, reply) => {
    const parameters = readParameters(query, ["account", "topic", "subscription", "limit"]);
    if ("complaint" in parameters) return sayWhy(reply, 400, parameters.complaint);
    const { limit: text = String(LIMIT.unlessGiven), ...rest } = parameters;
    const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (limit < 1 || limit > LIMIT.max)
      return sayWhy(reply, 400, `The limit is a whole number from 1 to ${LIMIT.max}.`);
    return { deliveries: readDeliveries({ ...rest, limit }) };
  });
}
