import { get } from "node:http";
import type { Readable } from "node:stream";
import { CONTROL_PREFIX } from "../kernel/own-traffic.ts";
import { reachableHost } from "./reachable-host.ts";
import type { Config } from "./settings/settings.ts";

/** A server that is well answers at once; one on a machine that has no time for it may take seconds. */
const PATIENCE_MS = 10_000;

/** Whoever has the port of a server that is to start need not speak HTTP at all. */
const STRANGER_PATIENCE_MS = 1_000;

/** More is said by nobody who is well, and nothing is to be learnt from it. */
const LONGEST_ANSWER = 64 * 1024;

type Where = Pick<Config, "host" | "port">;

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** What is wrong with the server on the configured port, or undefined when it is well. */
export async function ailmentOf(config: Where): Promise<string | undefined> {
  const url = urlOf(config, `${CONTROL_PREFIX}health`);
  try {
    const { status } = await answerOf(url, PATIENCE_MS);
    return status === 200 ? undefined : `${url} answers ${status}`;
  } catch (cause) {
    return `${url} does not answer: ${(cause as Error).message}`;
  }
}

/** Who has the configured port, as far as can be told. */
export async function occupantOf(config: Where): Promise<"Waystation" | "LocalStack" | undefined> {
  const ask = (path: string) => answerOf(urlOf(config, path), STRANGER_PATIENCE_MS).catch(() => undefined);
  // One that starts, or is not well, says so with another status and serves LocalStack's route all the same.
  const own = await ask(`${CONTROL_PREFIX}health`);
  if (own !== undefined && isOwnHealth(own.body)) return "Waystation";
  return (await ask("/_localstack/health"))?.status === 200 ? "LocalStack" : undefined;
}

function isOwnHealth(body: string): boolean {
  try {
    const { status, version, services } = JSON.parse(body);
    return [typeof status, typeof version, typeof services].join() === "string,string,object";
  } catch {
    return false;
  }
}

function urlOf({ host, port }: Where, path: string): string {
  return `http://${reachableHost(host)}:${port}${path}`;
}

function answerOf(url: string, patienceMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patienceMs);
    const request = get(url, { agent: false, signal }, (response) => {
      beginningOf(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    });
    request.on("error", (cause) => reject(signal.aborted ? new Error("no answer") : cause));
  });
}

async function beginningOf(response: Readable): Promise<string> {
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) {
    body += chunk;
    if (body.length > LONGEST_ANSWER) break;
  }
  return body;
}
