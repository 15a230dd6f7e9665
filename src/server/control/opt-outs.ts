import type { FastifyInstance } from "fastify";
import { CONSOLE_PREFIX } from "../../kernel/own-traffic.ts";
import { sayWhy } from "./complaint.ts";
import { phoneNumber, readParameters } from "./parameters.ts";

/** Has a phone number get no more text messages of an account and region, as when its owner answers STOP. */
export type OptOut = (number: string, from: { readonly account?: string; readonly region?: string }) => void;

/** E.164, the plus sign at will. */
const NUMBER = /^\+?[1-9]\d{1,14}$/;

/** `POST opt-outs?number=&account=&region=`. */
export function addOptOutsRoute(app: FastifyInstance, optOut: OptOut): void {
  app.post(`${CONSOLE_PREFIX}opt-outs`, ({ query }, reply) => {
    const parameters = readParameters(query, ["number", "account", "region"]);
    if ("complaint" in parameters) return sayWhy(reply, 400, parameters.complaint);
    const { number = "", ...from } = parameters;
    if (!NUMBER.test(phoneNumber(number)))
      return sayWhy(reply, 400, "The number is a phone number such as +15551234567.");
    optOut(phoneNumber(number), from);
    return reply.code(204).send();
  });
}
