import type { RequestListener } from "node:http";
import type * as Fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Standstill } from "../../kernel/event/standstill.ts";
import { latePackage } from "../../kernel/load/late-package.ts";
import type { NextTurn } from "../../kernel/time/in-turns.ts";
import type { Kept } from "../exchange.ts";
import { type ControlRoute, type InputsSchema, Refusal, type TextBody } from "./contract.ts";
import { refusalOf, senderOf } from "./guard.ts";
import { complaintAbout, gatherInputs, readBody } from "./inputs.ts";
import { notFoundText } from "./route-list.ts";
import { type ControlDeps, controlRoutesWith } from "./routes.ts";

/** What the routes are about, but for the routes themselves. */
export interface OpenControlDeps extends Omit<ControlDeps, "routes"> {
  /** What no answer leaves before. Answers wait for nothing unless given. */
  readonly kept?: Kept | undefined;
  /** What no route does anything before, and rejects while nothing that happens can be kept. Routes wait for nothing unless given. */
  readonly mayChange?: Kept | undefined;
  /** What every route waits for before it looks at anything, or changes it. */
  readonly standstill?: Standstill | undefined;
  /** Lets others have their turn while the routes are opened, which takes long. Nobody has unless given. */
  readonly nextTurn?: NextTurn | undefined;
}

/** Inputs are refused, never bent until they fit, and all violations are looked at for the one that says most. */
const VALIDATION = {
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  multipleOfPrecision: 3, // thousandths of large numbers are not exact
} as const;

/** Bytes of the largest body there is for most routes. */
const LARGEST_BODY = 1024 * 1024;

/** Opens the emulator's own routes with fastify, which starting does not wait for. */
export async function openControl(
  deps: OpenControlDeps,
  ofModules: readonly ControlRoute<unknown>[],
): Promise<RequestListener> {
  const routes: readonly ControlRoute<ControlDeps>[] = controlRoutesWith(ofModules);
  const { fastify } = latePackage("fastify", (loaded: typeof Fastify) => loaded);
  await deps.nextTurn?.();
  // What it is made of is part of the package as well.
  const app = latePackage("fastify", () =>
    fastify({
      ajv: { customOptions: VALIDATION },
      schemaController: { compilersFactory: { buildSerializer: () => () => JSON.stringify } },
      frameworkErrors: (error, _request, reply) => sayWhy(reply, 400, error.message),
    }),
  );
  await deps.nextTurn?.();
  readBodies(app);
  app.addHook("onRequest", async ({ raw }, reply) => {
    const refusal = refusalOf(senderOf(raw), deps.host);
    if (refusal !== undefined) return sayWhy(reply, 403, refusal);
  });
  app.setErrorHandler((error: RouteError, _request, reply) => {
    const { statusCode = 500, message, details } = error;
    return statusCode < 500 ? sayWhy(reply, statusCode, message, details) : reply.send(error);
  });
  app.setNotFoundHandler(({ method, url }, reply) => sayWhy(reply, 404, notFoundText(routes, method, url)));
  const onceKept = async (handle: () => unknown): Promise<unknown> => {
    await deps.mayChange?.();
    await deps.standstill?.passed();
    const answer = await handle();
    await deps.kept?.();
    return answer;
  };
  for (const route of routes) addRoute(app, route, { ...deps, routes, onceKept });
  await app.ready();
  return app.routing;
}

interface RouteDeps extends ControlDeps {
  /** The answer of a route, asked for when nothing stands still, once all that it tells of is kept. */
  readonly onceKept: (handle: () => unknown) => Promise<unknown>;
}

function addRoute(app: FastifyInstance, route: ControlRoute<ControlDeps>, deps: RouteDeps): void {
  const check = inputsCheck(route.inputs);
  app.route({
    method: route.method,
    url: route.path,
    config: { textBody: route.textBody },
    bodyLimit: route.textBody?.limit ?? LARGEST_BODY,
    preValidation: async (request) => {
      const { query, params, body } = request;
      const given = gatherInputs(route.inputs, { ...(query as object), ...(params as object) }, body);
      check(request, given);
      request.query = given;
    },
    preHandler: async ({ query }) => {
      if (deps.requireAccount) refuseAllAccounts(route, query as object);
    },
    handler: async ({ query }, reply) => {
      const answer = await deps.onceKept(() => route.handle(deps, query as object, hangUpOf(reply)));
      if (route.contentType !== undefined) reply.type(route.contentType);
      return answer === undefined ? reply.code(204).send() : answer;
    },
  });
}

/**
 * Throws Refusal for inputs that are not as the schema says, which is compiled with the first of them: all schemas together take longer than
 * anybody may wait. More of the package is loaded with the first schema.
 */
function inputsCheck(schema: InputsSchema): (request: FastifyRequest, given: object) => void {
  let validate: ReturnType<FastifyRequest["compileValidationSchema"]> | undefined;
  return (request, given) => {
    validate ??= latePackage("fastify", () => request.compileValidationSchema(schema as object, "querystring"));
    if (validate(given) === false) throw new Refusal(complaintAbout(validate.errors ?? []));
  };
}

/** On a server that many share nobody is to move the time of all, say, or to forget what is theirs. Throws Refusal. */
function refuseAllAccounts({ inputs }: Pick<ControlRoute<never>, "inputs">, given: object): void {
  if (!Object.hasOwn(inputs.properties, "account") || Object.hasOwn(given, "account")) return;
  throw new Refusal("Without an account this would concern every account, which this server refuses. Give account.");
}

/** Aborts when the connection ends before the answer. */
function hangUpOf({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => {
    if (!raw.writableEnded) controller.abort();
  });
  return controller.signal;
}

/** Every body is read, those of GET as well: what somebody says there, whose account to reset for one, must not be passed over. */
function readBodies(app: FastifyInstance): void {
  app.addHttpMethod("GET", { hasBody: true, overrideExisting: true });
  app.addHook("onRequest", async ({ raw }) => {
    delete raw.headers["content-type"];
  });
  app.removeAllContentTypeParsers();
  const parser = async ({ routeOptions }: FastifyRequest, body: string | Buffer) => {
    const { textBody } = (routeOptions.config ?? {}) as { readonly textBody?: TextBody };
    return readBody(String(body), textBody);
  };
  app.addContentTypeParser("*", { parseAs: "string" }, parser);
}

/** Answers with a status and a sentence about it, as a control route does whenever it cannot do what it is asked for. */
function sayWhy(reply: FastifyReply, status: number, message: string, details: object = {}): FastifyReply {
  return reply.code(status).send({ message, ...details });
}

/** Why a route did not do what it was asked for, and what else there is to say about that. */
interface RouteError extends Error {
  readonly statusCode?: number;
  readonly details?: object;
}
