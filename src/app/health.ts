import { get } from "node:http";
import { CONTROL_PREFIX } from "../kernel/own-traffic.ts";
import { reachableHost } from "./reachable-host.ts";
import type { Config } from "./settings/settings.ts";

/** A server that is well answers at once; one on a machine that has no time for it may take seconds. */
const PATIENCE_MS = 10_000;

/** What is wrong with the server on the configured port, or undefined when it is well. */
export function ailmentOf({ host, port }: Config): Promise<string | undefined> {
  const url = `http://${reachableHost(host)}:${port}${CONTROL_PREFIX}health`;
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: PATIENCE_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? undefined : `${url} answers ${response.statusCode}`);
    });
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", (cause) => resolve(`${url} does not answer: ${cause.message}`));
  });
}
