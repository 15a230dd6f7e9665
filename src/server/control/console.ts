import type { RequestListener } from "node:http";
import type * as Fastify from "fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { latePackage } from "../../kernel/late-package.ts";
import { CONSOLE_PREFIX } from "../../kernel/own-traffic.ts";
import { addClockRoutes, type ClockParts } from "./clock.ts";
import { sayWhy } from "./complaint.ts";
import { addDeliveriesRoute, type ReadDeliveries } from "./deliveries.ts";
import { refusalOf, senderOf } from "./guard.ts";
import { HEALTH_PATH, type HealthParts, healthOf } from "./health.ts";
import { addOptOutsRoute, type OptOut } from "./opt-outs.ts";
import { addOutboxRoute, type ReadOutbox } from "./outbox.ts";
import { readParameters } from "./parameters.ts";

const NO_BODY = "Control routes take parameters in the query string, such as ?account=, and no body.";

export interface ConsoleParts extends ClockParts, HealthParts {
  /** Forgets everything, or everything of one account. */
  readonly reset: (account?: string) => void;
  readonly readOutbox: ReadOutbox;
  readonly readDeliveries: ReadDeliveries;
  readonly optOut: OptOut;
}

/** Opens the emulator's own routes: for health checks, for tests that want a clean slate or another time, and for a look inside. */
export async function openConsole(parts: ConsoleParts): Promise<RequestListener> {
  const app = latePackage("fastify", ({ fastify }: typeof Fastify) =>
    fastify({ frameworkErrors: (error, _request, reply) => sayWhy(reply, 400, error.message) }),
  );
  refuseBodies(app);
  app.addHook("onRequest", async ({ raw }, reply) => {
    if (raw.headers["content-type"]?.trim() === "") delete raw.headers["content-type"];
    const refusal = refusalOf(senderOf(raw), parts.host);
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

function addRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  const health = healthOf(parts);
  app.get(HEALTH_PATH, ({ query }, reply) => {
    const parameters = readParameters(query, []);
    return "complaint" in parameters ? sayWhy(reply, 400, parameters.complaint) : health;
  });
  app.post(`${CONSOLE_PREFIX}reset`, ({ query }, reply) => {
    const parameters = readParameters(query, ["account"]);
    if ("complaint" in parameters) return sayWhy(reply, 400, parameters.complaint);
    parts.reset(parameters.account);
    return reply.code(204).send();
  });
}

/** No route reads a body. What somebody says there, whose account to reset for one, must not be passed over. */
function refuseBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, async (_request: FastifyRequest, body: Buffer) => body);
  app.addHook("preHandler", async ({ body }, reply) => {
    if (body instanceof Buffer && body.length > 0) return sayWhy(reply, 400, NO_BODY);
  });
}
