import type { Clock } from "../../kernel/time/clock.ts";
import type { Invocation, Outcome } from "../runner.ts";
import type { Environment, OpenEnvironment } from "./environment.ts";

interface PoolDeps {
  readonly open: OpenEnvironment;
  readonly clock: Clock;
  /** How long an environment that nobody needs is kept. */
  readonly keepAliveMs: number;
  readonly mostEnvironments: number;
}

/** A kept environment, and what ends the wait for its end. */
interface Free {
  readonly environment: Environment;
  readonly disarm: () => void;
}

/** The environments of one function: as many as there are invocations at a time, each kept for a while after. */
export class EnvironmentPool {
  readonly #deps: PoolDeps;
  readonly #all = new Set<Environment>();
  /** Of those that are ready the one that was used last is used next, so that the others grow old. */
  readonly #free: Free[] = [];
  /** Those under way that take no further invocation. */
  readonly #retired = new WeakSet<Environment>();
  readonly #ending = new Set<Promise<void>>();
  #isClosed = false;

  constructor(deps: PoolDeps) {
    this.#deps = deps;
  }

  /** Environments there are, free or not. */
  get size(): number {
    return this.#all.size;
  }

  /** Has one ready, if there is none. */
  warm(): void {
    if (this.#all.size === 0 && !this.#isClosed) this.#keep(this.#open());
  }

  async invoke(invocation: Invocation, signal: AbortSignal): Promise<Outcome> {
    for (;;) {
      if (this.#isClosed || signal.aborted) return { type: "stopped" };
      const environment = this.#take();
      if (environment === undefined) return { type: "throttled", reason: "ConcurrentInvocationLimitExceeded" };
      const outcome = await environment.invoke(invocation, signal);
      this.#giveBack(environment);
      if (outcome.type !== "gone") return outcome;
    }
  }

  /** Ends the one that would be used next, if one is free. */
  endNext(): void {
    const next = this.#free.pop();
    if (next === undefined) return;
    next.disarm();
    this.#end(next.environment);
  }

  /** Ends those that are free; the others end once they have answered. */
  retire(): void {
    for (const { environment, disarm } of this.#free.splice(0)) {
      disarm();
      this.#end(environment);
    }
    for (const environment of this.#all) this.#retired.add(environment);
  }

  /** Takes nothing more, and stops what is under way. */
  abandon(): void {
    this.#isClosed = true;
    for (const environment of this.#all) environment.stop();
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { disarm } of this.#free.splice(0)) disarm();
    for (const environment of this.#all) this.#end(environment);
    await Promise.all(this.#ending);
  }

  #take(): Environment | undefined {
    const ready = this.#free.findLastIndex(({ environment }) => environment.isReady);
    const [free] = this.#free.splice(ready, 1); // the last, when none is
    if (free !== undefined) {
      free.disarm();
      return free.environment;
    }
    return this.#inService() < this.#deps.mostEnvironments ? this.#open() : undefined;
  }

  /** Those that still take invocations. */
  #inService(): number {
    let count = 0;
    for (const environment of this.#all) if (!this.#retired.has(environment)) count++;
    return count;
  }

  #open(): Environment {
    const environment = this.#deps.open((ended) => this.#forget(ended));
    this.#all.add(environment);
    return environment;
  }

  #giveBack(environment: Environment): void {
    if (!environment.isUsable || this.#isClosed || this.#retired.has(environment)) this.#end(environment);
    else this.#keep(environment);
  }

  #keep(environment: Environment): void {
    const { clock, keepAliveMs } = this.#deps;
    const disarm = clock.at(clock.now() + keepAliveMs, () => this.#endFree(environment));
    this.#free.push({ environment, disarm });
  }

  #endFree(environment: Environment): void {
    this.#dropFree(environment);
    this.#end(environment);
  }

  #end(environment: Environment): void {
    this.#all.delete(environment);
    const ending = environment.end().then(() => void this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  /** It has ended by itself. */
  #forget(environment: Environment): void {
    this.#all.delete(environment);
    this.#dropFree(environment);
  }

  #dropFree(environment: Environment): void {
    const at = this.#free.findIndex((free) => free.environment === environment);
    if (at !== -1) for (const { disarm } of this.#free.splice(at, 1)) disarm();
  }
}
