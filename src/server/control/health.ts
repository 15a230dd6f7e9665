import type { IncomingMessage, RequestListener } from "node:http";
import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "./contract.ts";
import { refusalOf, senderOf } from "./guard.ts";

const HEALTH_PATH = `${CONTROL_PREFIX}health`;

export interface HealthDeps {
  readonly version: string;
  /** Ids of the services that are running. */
  readonly services: readonly string[];
  /** The host the server was told to listen on. */
  readonly host: string;
  /** Whether what is declared is still being made. */
  readonly isStarting: () => boolean;
  /** Why every request is refused at present, once that was tried to be mended; undefined while none is. */
  readonly ailment: () => Promise<string | undefined> | undefined;
}

/** Why a server is not well. */
class Unwell extends Error {
  readonly statusCode = 503;
}

const health = {
  type: "object",
  properties: {
    status: { const: "ok" },
    version: { type: "string" },
    services: { type: "object", additionalProperties: { const: "running" } },
  },
  required: ["status", "version", "services"],
  additionalProperties: false,
} as const;

export const healthRoute = controlRoute({
  method: "GET",
  path: HEALTH_PATH,
  summary: "says the version and which services run",
  answer: health,
  async handle(deps: HealthDeps) {
    if (deps.isStarting()) throw new Unwell("What is declared is still being made.");
    const ailment = await deps.ailment();
    if (ailment !== undefined) throw new Unwell(ailment);
    return healthOf(deps);
  },
});

/** What a health check is told. */
function healthOf({ version, services }: Pick<HealthDeps, "version" | "services">): AnswerOf<typeof health> {
  return { status: "ok", version, services: Object.fromEntries(services.map((id) => [id, "running"])) };
}

/** Answers health checks with nothing that has to be loaded first. What is more than a plain check is left to `rest`. */
export function withHealth(deps: HealthDeps, rest: RequestListener): RequestListener {
  const body = JSON.stringify(healthOf(deps));
  const headers = headersOf(body);
  const starting = JSON.stringify({ ...healthOf(deps), status: "starting" });
  return (request, response) => {
    if (!isPlainCheck(request)) return rest(request, response);
    if (refusalOf(senderOf(request), deps.host) !== undefined) return rest(request, response);
    request.resume();
    if (deps.isStarting()) return void response.writeHead(503, headersOf(starting)).end(starting);
    const answer = (ailment: string | undefined): void => {
      if (ailment === undefined) return void response.writeHead(200, headers).end(body);
      const failing = JSON.stringify({ ...healthOf(deps), status: "failing", message: ailment });
      response.writeHead(503, headersOf(failing)).end(failing);
    };
    const looking = deps.ailment();
    if (looking === undefined) answer(undefined);
    else void looking.then(answer);
  };
}

function headersOf(body: string) {
  return { "Content-Type": "application/json; charset=utf-8", "Content-Length": Buffer.byteLength(body) };
}

function isPlainCheck({ url, method, headers }: IncomingMessage): boolean {
  if (url !== HEALTH_PATH || (method !== "GET" && method !== "HEAD")) return false;
  return headers["content-length"] === undefined && headers["transfer-encoding"] === undefined;
}
