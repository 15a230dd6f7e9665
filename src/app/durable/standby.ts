import type { RequestListener } from "node:http";
import { SystemClock } from "../../kernel/time/system-clock.ts";
import { Listener, type ListenerDeps } from "../../server/http/listener.ts";
import type { Logger } from "../../server/log.ts";
import type { StandingBy } from "../../store/postgres/lead.ts";
import { packageVersion } from "../package.ts";
import type { Config } from "../settings/settings.ts";

/**
 * So often it is looked whether the one that serves is gone. With the three and a half seconds for which the database hears nothing of
 * one that cannot say so, or the four that PostgreSQL takes to notice by itself, that is less than five.
 */
const LOOK_MS = 500;

/** Somebody who stood by was told to stop. */
class StandbyOver extends Error {
  override readonly name = "StandbyOver";
}

interface StandbyDeps {
  readonly config: Pick<Config, "host" | "port">;
  /** Those with which it serves later. */
  readonly credentials: ListenerDeps["credentials"];
  readonly log: Logger;
  /** When to stand by no longer; for ever unless given. */
  readonly until: AbortSignal | undefined;
}

/** A server that waits to become the one that serves. Meanwhile whoever comes to its port is told so, and nothing else. */
export class Standby implements StandingBy {
  readonly #deps: StandbyDeps;
  readonly #clock = new SystemClock();
  #open: { readonly listener: Listener; readonly port: number } | undefined;

  constructor(deps: StandbyDeps) {
    this.#deps = deps;
  }

  /** Rejects with Node's error when it cannot listen. */
  async begin(): Promise<void> {
    const { config, credentials, log } = this.#deps;
    const listener = new Listener({ serve: answering(), credentials, clock: this.#clock, log });
    const port = await listener.open(config.host, config.port);
    this.#open = { listener, port };
    log.log("info", { port }, "another server has the database: this one stands by until that one is gone");
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
    const open = this.#open;
    this.#open = undefined;
    await open?.listener.close(Promise.resolve());
    return open?.port;
  }
}

/** That it stands by, and no more, so that nobody stays connected to one that cannot help. */
function answering(): RequestListener {
  const answer = JSON.stringify({ status: "standby", version: packageVersion() });
  const headers = { "Content-Type": "application/json; charset=utf-8", "Retry-After": "1" };
  return (request, response) => {
    request.resume();
    const leaving = request.httpVersionMajor === 1 ? { Connection: "close" } : {};
    response.writeHead(503, { ...headers, ...leaving }).end(answer);
  };
}
