import type { RuntimeDeps } from "../deps.ts";
import type { OpenEnvironment } from "../environment/environment.ts";
import { EnvironmentPool } from "../environment/environment-pool.ts";
import { ProcessEnvironment } from "../environment/process-environment.ts";
import { invalidRuntime } from "../error-document.ts";
import { type Launch, launchOf } from "../launch.ts";
import type { FunctionDefinition, Invocation, Outcome } from "../runner.ts";
import { CodeWatch } from "./code-watch.ts";
import type { FunctionHost } from "./host.ts";

/** A function whose code is run by processes, anew when it changes. */
class ProcessHost implements FunctionHost {
  readonly #pool: EnvironmentPool;
  readonly #watch: CodeWatch | undefined;

  constructor(definition: FunctionDefinition, launch: Launch, deps: RuntimeDeps) {
    const { clock, log } = deps;
    const open: OpenEnvironment = (onEnd) => new ProcessEnvironment({ ...deps, definition, launch, onEnd });
    this.#pool = new EnvironmentPool({ ...deps, open });
    const { code } = definition;
    if (!("isWatched" in code) || !code.isWatched) return;
    this.#watch = new CodeWatch(code.directory, clock, () => {
      log("info", { function: definition.name }, "The code has changed, so what comes next is run by a new process");
      this.#reload();
    });
  }

  invoke(invocation: Invocation, signal: AbortSignal): Promise<Outcome> {
    return this.#pool.invoke(invocation, signal);
  }

  endNext(): void {
    this.#pool.endNext();
  }

  retire(): void {
    this.#watch?.close();
    this.#pool.retire();
  }

  abandon(): void {
    this.#watch?.close();
    this.#pool.abandon();
  }

  close(): Promise<void> {
    this.#watch?.close();
    return this.#pool.close();
  }

  #reload(): void {
    const wasWarm = this.#pool.size > 0;
    this.#pool.retire();
    if (wasWarm) this.#pool.warm();
  }
}

/** A function that cannot be started says why to everybody. */
class UnstartableHost implements FunctionHost {
  readonly #why: string;

  constructor(why: string) {
    this.#why = why;
  }

  async invoke({ requestId }: Invocation): Promise<Outcome> {
    return { type: "failed", payload: invalidRuntime(requestId, this.#why), log: "" };
  }

  retire(): void {}
  abandon(): void {}
  async close(): Promise<void> {}
}

/** What runs a function whose code is a directory or a command. */
export function processHost(definition: FunctionDefinition, deps: RuntimeDeps): FunctionHost {
  const launch = launchOf(definition, deps);
  return typeof launch === "string" ? new UnstartableHost(launch) : new ProcessHost(definition, launch, deps);
}
