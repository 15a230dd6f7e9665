import type { RequestListener } from "node:http";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { isAccountId } from "../../kernel/scope.ts";
import { CONSOLE_PREFIX } from "../dispatch.ts";
import { authorityOf } from "../wire-request.ts";
import { addClockRoutes, type ClockParts } from "./clock.ts";
import { sayWhy } from "./complaint.ts";
import { addDeliveriesRoute, type ReadDeliveries } from "./deliveries.ts";
import { refusalOf } from "./guard.ts";
import { addOptOutsRoute, type OptOut } from "./opt-outs.ts";
import { addOutboxRoute, type ReadOutbox } from "./outbox.ts";

export interface ConsoleParts extends ClockParts {
  readonly version: string;
  /** Ids of the services that are running. */
  readonly services: readonly string[];
  /** The host the server was told to listen on. */
  readonly host: string;
  /** Forgets everything, or everything of one account. */
  readonly reset: (account?: string) => void;
  readonly readOutbox: ReadOutbox;
  readonly readDeliveries: ReadDeliveries;
  readonly optOut: OptOut;
}

/** Opens the emulator's own routes: for health checks, for tests that want a clean slate or another time, and for a look inside. */
export async function openConsole(parts: ConsoleParts): Promise<RequestListener> {
  const app = fastify({ frameworkErrors: (error, _request, reply) => sayWhy(reply, 400, error.message) });
  // No route reads a body, so none is too strange to be ignored.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", async () => undefined);
  app.addHook("onRequest", async ({ raw }, reply) => {
    const refusal = refusalOf({ authority: authorityOf(raw), origin: raw.headers.origin }, parts.host);
    if (refusal !== undefined) return sayWhy(reply, 403, refusal);
  });
  const routes: string[] = [];
  app.addHook("onRoute", ({ method, url }) => {
    if (method !== "HEAD") routes.push(`${method} ${url}`);
  });
  app.setNotFoundHandler(({ method, url }, reply) =>
    sayWhy(reply, 404, `There is no ${method} ${url}. There are ${routes.join(", ")}.`),
  );
  addRoutes(app, parts);
  addOutboxRoute(app, parts.readOutbox);
  addDeliveriesRoute(app, parts.readDeliveries);
  addClockRoutes(app, parts);
  addOptOutsRoute(app, parts.optOut);
  await app.ready();
  return app.routing;
}

function addRoutes(app: FastifyInstance, { version, services, reset }: ConsoleParts): void {
  const health = { status: "ok", version, services: Object.fromEntries(services.map((id) => [id, "running"])) };
  app.get(`${CONSOLE_PREFIX}health`, () => health);
  app.post(`${CONSOLE_PREFIX}reset`, (request: FastifyRequest<{ Querystring: { account?: unknown } }>, reply) => {
    const { account } = request.query;
    if (account !== undefined && !isAccount(account)) return sayWhy(reply, 400, "An account id has 12 digits.");
    reset(account);
    return reply.code(204).send();
  });
}

function isAccount(value: unknown): value is string {
  return typeof value === "string" && isAccountId(value);
}
