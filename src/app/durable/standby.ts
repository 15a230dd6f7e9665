import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SystemClock } from "../../kernel/time/system-clock.ts";
import type { Logger } from "../../server/log.ts";
import type { StandingBy } from "../../store/postgres/lead.ts";
import { packageVersion } from "../package.ts";
import type { Config } from "../settings/settings.ts";

/** So often it is looked whether the one that serves is gone. With what PostgreSQL takes to notice, at most four, that is five seconds. */
const LOOK_MS = 500;

/** Somebody who stood by was told to stop. */
class StandbyOver extends Error {
  override readonly name = "StandbyOver";
}

interface StandbyDeps {
  readonly config: Pick<Config, "host" | "port">;
  readonly log: Logger;
  /** When to stand by no longer; for ever unless given. */
  readonly until: AbortSignal | undefined;
}

/** A server that waits to become the one that serves. Meanwhile whoever comes to its port is told so, and nothing else. */
export class Standby implements StandingBy {
  readonly #deps: StandbyDeps;
  readonly #clock = new SystemClock();
  #server: Server | undefined;

  constructor(deps: StandbyDeps) {
    this.#deps = deps;
  }

  /** Rejects with Node's error when it cannot listen. */
  async begin(): Promise<void> {
    const { config, log } = this.#deps;
    const answer = JSON.stringify({ status: "standby", version: packageVersion() });
    const headers = { "Content-Type": "application/json; charset=utf-8", "Retry-After": "1", Connection: "close" };
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(503, headers).end(answer);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(config.port, config.host, resolve);
    });
    this.#server = server;
    log.log(
      "info",
      { port: portOf(server) },
      "another server has the database: this one stands by until that one is gone",
    );
  }

  pause(): Promise<void> {
    const { until } = this.#deps;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        cancel();
        reject(new StandbyOver("told to stop while standing by"));
      };
      const cancel = this.#clock.at(this.#clock.now() + LOOK_MS, () => {
        until?.removeEventListener("abort", stop);
        resolve();
      });
      if (until?.aborted) stop();
      else until?.addEventListener("abort", stop, { once: true });
    });
  }

  /** Lets go of the port and says which one it was, where there was one. */
  async end(): Promise<number | undefined> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return undefined;
    const port = portOf(server);
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    return port;
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
