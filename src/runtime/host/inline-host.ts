import { onAbort } from "../../kernel/event/on-abort.ts";
import type { RuntimeDeps } from "../deps.ts";
import { logEnd, logStart } from "../environment/invocation-log.ts";
import { timedOut } from "../error-document.ts";
import { callHandler, contextOf, errorDocument, type HandlerWaits, payloadOf } from "../launcher/handler.mjs";
import { LogTail } from "../process/log-tail.ts";
import { logPlaceOf } from "../process/variables.ts";
import type { FunctionDefinition, InlineHandler, Invocation, Outcome } from "../runner.ts";
import type { FunctionHost } from "./host.ts";

/** The deadline that a function is told whose time is not limited. Lambda quotas. */
const LONGEST_MS = 15 * 60_000;

type Ending = { readonly type: "answered" | "failed"; readonly payload: string; readonly isLate?: boolean };

/**
 * A function that is one of this very process, as test suites have it. Nothing can end it: one that takes too long has
 * failed, and goes on in vain. What it writes goes where its process writes.
 */
export class InlineHost implements FunctionHost {
  readonly #definition: FunctionDefinition;
  readonly #handler: InlineHandler;
  readonly #deps: RuntimeDeps;
  readonly #closing = new AbortController();

  constructor(definition: FunctionDefinition, handler: InlineHandler, deps: RuntimeDeps) {
    this.#definition = definition;
    this.#handler = handler;
    this.#deps = deps;
  }

  async invoke(invocation: Invocation, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted || this.#closing.signal.aborted) return { type: "stopped" };
    const startedAt = this.#deps.clock.now();
    const stops: (() => void)[] = [];
    const cutShort = new Promise<Ending | undefined>((resolve) => {
      for (const stopper of [signal, this.#closing.signal]) stops.push(onAbort(stopper, () => resolve(undefined)));
      stops.push(this.#limit(invocation, startedAt, resolve));
    });
    try {
      const ending = await Promise.race([this.#run(invocation, startedAt), cutShort]);
      if (ending === undefined) return { type: "stopped" };
      return { type: ending.type, payload: ending.payload, log: this.#logOf(invocation, startedAt, ending) };
    } finally {
      for (const stop of stops) stop();
    }
  }

  retire(): void {}

  abandon(): void {
    this.#closing.abort();
  }

  async close(): Promise<void> {
    this.abandon();
  }

  #limit({ requestId }: Invocation, startedAt: number, resolve: (ending: Ending) => void): () => void {
    const { timeoutMs } = this.#definition;
    if (timeoutMs === undefined) return () => {};
    return this.#deps.clock.at(startedAt + timeoutMs, () =>
      resolve({ type: "failed", payload: timedOut(requestId, timeoutMs), isLate: true }),
    );
  }

  async #run(invocation: Invocation, startedAt: number): Promise<Ending> {
    const { name, version, memoryMb, timeoutMs = LONGEST_MS } = this.#definition;
    try {
      const context = contextOf({
        functionName: name,
        functionVersion: version,
        memoryLimitInMB: String(memoryMb),
        ...logPlaceOf(this.#definition, this.#deps),
        invokedFunctionArn: invocation.functionArn,
        awsRequestId: invocation.requestId,
        clientContext: invocation.clientContext,
        identity: undefined,
        deadlineMs: startedAt + timeoutMs,
        now: () => this.#deps.clock.now(),
      });
      const handler = this.#handler as (...given: unknown[]) => unknown;
      const result = await callHandler(handler, JSON.parse(invocation.payload), context, waitsOf(this.#handler));
      return { type: "answered", payload: payloadOf(result) };
    } catch (cause) {
      return { type: "failed", payload: JSON.stringify(errorDocument(cause)) };
    }
  }

  #logOf({ requestId }: Invocation, startedAt: number, { type, isLate }: Ending): string {
    const { version, memoryMb } = this.#definition;
    const tail = new LogTail();
    logStart(tail, requestId, version);
    const status = isLate === true ? "timeout" : type === "failed" ? "error" : undefined;
    const durationMs = this.#deps.clock.now() - startedAt;
    logEnd(tail, requestId, { durationMs, memoryMb, mostMemoryMb: undefined, initMs: undefined, status });
    return tail.take();
  }
}

/**
 * This process does other things beside, and so has always something to wait for: what was called back counts at once, and
 * a handler that takes no callback, and returned no promise, answers null.
 */
function waitsOf({ length }: InlineHandler): HandlerWaits {
  return {
    called: (task) => task(),
    returned: (task) => length < 3 && task(),
    promised: () => {},
    settled: () => {},
  };
}
