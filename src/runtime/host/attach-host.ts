import { onAbort } from "../../kernel/event/on-abort.ts";
import { RuntimeServer } from "../api/server.ts";
import { RuntimeSession } from "../api/session.ts";
import type { RuntimeDeps } from "../deps.ts";
import { logPlaceOf, variablesOf } from "../process/variables.ts";
import type { FunctionDefinition, Invocation, Outcome } from "../runner.ts";
import type { FunctionHost } from "./host.ts";

/** The deadline a function is told: a person looks at it, and nothing is cut short. Lambda quotas. */
const LONGEST_MS = 15 * 60_000;

/** An invocation that waits for its turn, or has it. */
interface Waiting {
  readonly invocation: Invocation;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * A function whose process a person starts, under a debugger for instance. It is told where to ask for events; those wait
 * until it does, one after the other. Whoever starts it again in the middle of an event gets that event again.
 */
export class AttachHost implements FunctionHost {
  readonly #definition: FunctionDefinition;
  readonly #deps: RuntimeDeps;
  readonly #session: RuntimeSession;
  readonly #queue: Waiting[] = [];
  readonly #server: Promise<RuntimeServer | undefined>;
  #isClosed = false;

  constructor(definition: FunctionDefinition, port: number | undefined, deps: RuntimeDeps) {
    this.#definition = definition;
    this.#deps = deps;
    this.#session = new RuntimeSession({
      onReady: () => this.#tell("info", "A process asks for events"),
      onInitError: (document) => this.#initFailed(document),
    });
    this.#server = RuntimeServer.listen(this.#session, port).then(
      (server) => this.#opened(server),
      (cause: Error) => this.#notOpened(cause),
    );
  }

  invoke(invocation: Invocation, signal: AbortSignal): Promise<Outcome> {
    if (this.#isClosed || signal.aborted) return Promise.resolve({ type: "stopped" });
    return new Promise((resolve) => {
      const stopListening = onAbort(signal, () => waiting.settle({ type: "stopped" }));
      const waiting: Waiting = {
        invocation,
        settle: (outcome) => {
          stopListening();
          this.#remove(waiting);
          resolve(outcome);
        },
      };
      this.#queue.push(waiting);
      if (this.#queue.length === 1) this.#offerFirst();
    });
  }

  retire(): void {
    for (const waiting of this.#queue.slice(1)) waiting.settle({ type: "stopped" });
  }

  abandon(): void {
    this.#isClosed = true;
    for (const waiting of [...this.#queue]) waiting.settle({ type: "stopped" });
  }

  async close(): Promise<void> {
    this.abandon();
    (await this.#server)?.close();
  }

  #offerFirst(): void {
    const [first] = this.#queue;
    if (first === undefined) return;
    const { onStalled } = first.invocation;
    const { name } = this.#definition;
    onStalled?.(`The function ${name} waits for its process, and nobody is attached: start it as the log says.`);
    this.#session.offer({
      invocation: first.invocation,
      onTaken: () => {
        onStalled?.(undefined);
        return this.#deps.clock.now() + LONGEST_MS;
      },
      onAnswer: ({ type, payload }) => first.settle({ type, payload, log: "" }),
    });
  }

  #remove(waiting: Waiting): void {
    const at = this.#queue.indexOf(waiting);
    if (at === -1) return;
    this.#queue.splice(at, 1);
    if (at > 0) return;
    this.#session.withdraw();
    this.#offerFirst();
  }

  #initFailed(document: string): void {
    this.#tell("warn", `The function cannot start: ${document}`);
    this.#queue[0]?.settle({ type: "failed", payload: document, log: "" });
    this.#session.restart();
  }

  #opened(server: RuntimeServer): RuntimeServer {
    const { address } = server;
    const place = logPlaceOf(this.#definition, this.#deps);
    const variables = variablesOf(this.#definition, { ...this.#deps, inherited: {} }, place);
    const known = Object.entries({ ...variables, AWS_LAMBDA_RUNTIME_API: address });
    const assignments = known.map(([name, value]) => `${name}=${quoted(value ?? "")}`).join(" ");
    this.#tell("info", `Events wait at ${address}: start the process of the handler with ${assignments}`);
    return server;
  }

  #notOpened({ message }: Error): undefined {
    this.#isClosed = true;
    this.#tell("warn", `No process can ask for events: ${message}`);
    for (const waiting of [...this.#queue]) waiting.settle({ type: "unreachable", reason: message });
  }

  #tell(level: "info" | "warn", text: string): void {
    this.#deps.log(level, { function: this.#definition.name }, text);
  }
}

/** As a shell takes it. */
function quoted(value: string): string {
  return /^[\w./:=@%+,-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
