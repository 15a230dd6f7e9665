import type { RuntimeDeps } from "./deps.ts";
import { AttachHost } from "./host/attach-host.ts";
import type { FunctionHost } from "./host/host.ts";
import { HttpHost } from "./host/http-host.ts";
import { InlineHost } from "./host/inline-host.ts";
import { processHost } from "./host/process-host.ts";
import type { FunctionDefinition, Invocation, Outcome, Runner } from "./runner.ts";

/** What runs one revision of a function, and how many invocations it has. */
interface Hosted {
  readonly host: FunctionHost;
  readonly revisionId: string;
  inFlight: number;
  isRetired: boolean;
}

/** Runs functions on this machine, each by the means its code asks for. */
export class LocalRunner implements Runner {
  readonly #deps: RuntimeDeps;
  readonly #hosted = new Map<string, Hosted>();
  /** Those that take no further invocation, as long as something of them is left. */
  readonly #retired = new Set<Hosted>();
  #isClosed = false;

  constructor(deps: RuntimeDeps) {
    this.#deps = deps;
  }

  async invoke(definition: FunctionDefinition, invocation: Invocation, signal: AbortSignal): Promise<Outcome> {
    if (this.#isClosed) return { type: "stopped" };
    const hosted = this.#hostedOf(definition);
    hosted.inFlight++;
    const outcome = await hosted.host.invoke(invocation, signal);
    hosted.inFlight--;
    this.#closeIfDone(hosted);
    return outcome;
  }

  endNext(functionArn: string): void {
    this.#hosted.get(functionArn)?.host.endNext?.();
  }

  stop(functionArn: string): void {
    const hosted = this.#hosted.get(functionArn);
    if (hosted === undefined) return;
    this.#hosted.delete(functionArn);
    this.#retired.add(hosted);
    hosted.isRetired = true;
    hosted.host.retire();
    this.#closeIfDone(hosted);
  }

  abandon(functionArn: string): void {
    const hosted = this.#hosted.get(functionArn);
    this.stop(functionArn);
    hosted?.host.abandon();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const all = [...this.#hosted.values(), ...this.#retired];
    await Promise.all(all.map(({ host }) => host.close()));
  }

  #hostedOf(definition: FunctionDefinition): Hosted {
    const { arn, revisionId } = definition;
    const known = this.#hosted.get(arn);
    if (known?.revisionId === revisionId) return known;
    if (known !== undefined) this.stop(arn);
    const hosted = { host: hostOf(definition, this.#deps), revisionId, inFlight: 0, isRetired: false };
    this.#hosted.set(arn, hosted);
    return hosted;
  }

  #closeIfDone(hosted: Hosted): void {
    if (!hosted.isRetired || hosted.inFlight > 0) return;
    hosted.host.close().then(() => this.#retired.delete(hosted));
  }
}

function hostOf(definition: FunctionDefinition, deps: RuntimeDeps): FunctionHost {
  const { code } = definition;
  switch (code.kind) {
    case "directory":
    case "command":
      return processHost(definition, deps);
    case "attach":
      return new AttachHost(definition, code.port, deps);
    case "inline":
      return new InlineHost(definition, code.handler, deps);
    case "http":
      return new HttpHost(definition, code.url, deps);
  }
}
