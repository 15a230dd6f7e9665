import { get } from "node:http";
import { CONTROL_PREFIX } from "../kernel/own-traffic.ts";
import { reachableHost } from "./reachable-host.ts";
import type { Config } from "./settings/settings.ts";

/** A server that is well answers at once; one on a machine that has no time for it may take seconds. */
const PATIENCE_MS = 10_000;

/** Whoever has the port of a server that is to start need not speak HTTP at all. */
const STRANGER_PATIENCE_MS = 1_000;

/** What is wrong with the server on the configured port, or undefined when it is well. */
export function ailmentOf(config: Config): Promise<string | undefined> {
  return ailmentAt(urlOf(config, `${CONTROL_PREFIX}health`), PATIENCE_MS);
}

/** Who has the configured port, as far as can be told. */
export async function occupantOf(config: Config): Promise<"Waystation" | "LocalStack" | undefined> {
  const serves = async (path: string) => (await ailmentAt(urlOf(config, path), STRANGER_PATIENCE_MS)) === undefined;
  if (await serves(`${CONTROL_PREFIX}health`)) return "Waystation";
  return (await serves("/_localstack/health")) ? "LocalStack" : undefined;
}

function urlOf({ host, port }: Config, path: string): string {
  return `http://${reachableHost(host)}:${port}${path}`;
}

function ailmentAt(url: string, patienceMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: patienceMs }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? undefined : `${url} answers ${response.statusCode}`);
    });
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", (cause) => resolve(`${url} does not answer: ${cause.message}`));
  });
}
