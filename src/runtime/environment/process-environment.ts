import { onAbort } from "../../kernel/event/on-abort.ts";
import { RuntimeServer } from "../api/server.ts";
import { type RuntimeAnswer, RuntimeSession } from "../api/session.ts";
import type { RuntimeDeps } from "../deps.ts";
import { ended, type ProcessEnd, reasonOfEnd, timedOut, timeoutLog, timeoutText } from "../error-document.ts";
import type { Launch } from "../launch.ts";
import { GuardedProcess } from "../process/guarded-process.ts";
import { ProcessOutput } from "../process/process-output.ts";
import { logPlaceOf, variablesOf } from "../process/variables.ts";
import type { FunctionDefinition, Invocation } from "../runner.ts";
import type { Environment, EnvironmentOutcome } from "./environment.ts";
import { logEnd, logStart } from "./invocation-log.ts";

/** How long a process may take until it asks for work, before the function's own time begins. AWS: Lambda execution environment, 10 seconds. */
const INIT_MS = 10_000;
/** How long a process that has answered has to ask for another event when its time has run out as well. */
const NEXT_MS = 1_000;
/** The deadline that a function is told whose time is not limited. Lambda quotas. */
const LONGEST_MS = 15 * 60_000;

/** The invocation under way. */
interface Running {
  readonly invocation: Invocation;
  /** When the process took the event; undefined as long as it has not. */
  takenAt: number | undefined;
  /** Whether its log has begun. */
  isLogged: boolean;
  /** What the process said, as long as its output is not read. */
  answer: Ending | undefined;
  disarm: () => void;
  readonly settle: (ending: Ending) => void;
}

/** How an invocation ended, before its log is closed. */
type Ending =
  | (RuntimeAnswer & { readonly status?: "error" | "timeout" })
  | { readonly type: "stopped" }
  | { readonly type: "gone" };

/** What this needs to know of its function, and who wants to know that it has ended. */
interface ProcessEnvironmentDeps extends RuntimeDeps {
  readonly definition: FunctionDefinition;
  readonly launch: Launch;
  readonly onEnd: (environment: Environment) => void;
}

/** A process that takes events from a Runtime API of its own. */
export class ProcessEnvironment implements Environment {
  readonly #deps: ProcessEnvironmentDeps;
  readonly #session: RuntimeSession;
  readonly #output: ProcessOutput;
  readonly #startedAt: number;
  /** Settles once nothing of it is left. */
  readonly #over: Promise<void>;
  #resolveOver: () => void = () => {};
  #server: RuntimeServer | undefined;
  #process: GuardedProcess | undefined;
  /** When it had asked for its first event. */
  #readyAt: number | undefined;
  /** When it has to be done with the event that it took last. */
  #deadline = 0;
  /** Whether the duration of its start was reported. */
  #initReported = false;
  #initError: string | undefined;
  #running: Running | undefined;
  #isEnding = false;
  #hasEnded = false;

  constructor(deps: ProcessEnvironmentDeps) {
    this.#deps = deps;
    this.#startedAt = deps.clock.now();
    this.#over = new Promise((resolve) => {
      this.#resolveOver = resolve;
    });
    this.#output = new ProcessOutput({ clock: deps.clock, tell: (line) => this.#tell("info", line) });
    this.#session = new RuntimeSession({
      onReady: () => this.#ready(),
      onInitError: (document) => this.#initFailed(document),
    });
    this.#start().catch((cause: Error) => this.#ended({ code: null, signal: null, spawnError: cause.message }));
  }

  get isUsable(): boolean {
    return !this.#isEnding && !this.#hasEnded && this.#initError === undefined;
  }

  get isReady(): boolean {
    return this.#session.isWaiting;
  }

  invoke(invocation: Invocation, signal: AbortSignal): Promise<EnvironmentOutcome> {
    if (this.#isEnding || this.#hasEnded) return Promise.resolve({ type: "gone" });
    return new Promise((resolve) => {
      const stopListening = onAbort(signal, () => this.stop());
      const settle = (ending: Ending): void => {
        if (this.#running !== running) return;
        running.disarm();
        stopListening();
        this.#session.withdraw();
        resolve(this.#close(running, ending));
      };
      const running: Running = {
        invocation,
        takenAt: undefined,
        isLogged: false,
        answer: undefined,
        disarm: () => {},
        settle,
      };
      this.#running = running;
      this.#output.beginCount();
      if (this.#initError !== undefined) return settle({ type: "failed", payload: this.#initError, status: "error" });
      if (this.#readyAt === undefined) running.disarm = this.#limitInit(running);
      else if (!this.isReady) running.disarm = this.#limitNext(running);
      this.#offer(running);
    });
  }

  stop(): void {
    if (this.#running?.takenAt !== undefined) this.#kill();
    this.#running?.settle({ type: "stopped" });
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    this.#running?.settle({ type: "stopped" });
    if (this.#process !== undefined) this.#process.end();
    else this.#ended({ code: 0, signal: null });
    await this.#over;
  }

  async #start(): Promise<void> {
    const { definition, launch } = this.#deps;
    this.#server = await RuntimeServer.listen(this.#session);
    if (this.#hasEnded) return this.#server.close();
    const environment = {
      ...variablesOf(definition, this.#deps, logPlaceOf(definition, this.#deps)),
      ...launch.variables,
      AWS_LAMBDA_RUNTIME_API: this.#server.address,
    };
    const { command, directory } = launch;
    const { clock } = this.#deps;
    const onEnd = (end: ProcessEnd): void => this.#ended(end);
    this.#process = new GuardedProcess({ command, directory, environment, clock, output: this.#output, onEnd });
  }

  #offer(running: Running): void {
    const { clock, definition } = this.#deps;
    const { timeoutMs } = definition;
    const { invocation } = running;
    this.#session.offer({
      invocation,
      onTaken: () => {
        const now = clock.now();
        running.takenAt = now;
        running.disarm();
        this.#logStart(running);
        if (timeoutMs !== undefined)
          running.disarm = clock.at(now + timeoutMs, () => this.#timeOut(running, timeoutMs));
        this.#deadline = now + (timeoutMs ?? LONGEST_MS);
        return this.#deadline;
      },
      onAnswer: (answer) => void this.#answered(running, answer),
    });
  }

  /** What was written before the answer is read before it is given. */
  async #answered(running: Running, answer: RuntimeAnswer): Promise<void> {
    running.disarm();
    const ending: Ending = answer.type === "answered" ? answer : { ...answer, status: "error" };
    running.answer = ending;
    await this.#output.catchUp();
    running.settle(ending);
  }

  /** A process that never asks for an event is given the time of its start, and then that of the function. */
  #limitInit(running: Running): () => void {
    const { clock, definition } = this.#deps;
    const { timeoutMs } = definition;
    if (timeoutMs === undefined) return () => {};
    const startsBy = Math.max(clock.now(), this.#startedAt + INIT_MS);
    return clock.at(startsBy + timeoutMs, () => this.#timeOut(running, timeoutMs));
  }

  /** The time of an event ends when the process asks for another one. AWS: one that never does has timed out. The next event is for another process. */
  #limitNext(running: Running): () => void {
    const { clock } = this.#deps;
    return clock.at(Math.max(clock.now() + NEXT_MS, this.#deadline), () => {
      this.#tell("warn", "The process answered and did not ask for another event in its time: it is ended");
      this.#kill();
      running.settle({ type: "gone" });
    });
  }

  #timeOut(running: Running, timeoutMs: number): void {
    const { requestId } = running.invocation;
    const text = timeoutText(timeoutMs);
    this.#tell("warn", running.takenAt === undefined ? `${text}: it never asked for an event` : text);
    this.#logStart(running);
    this.#output.tail.add(timeoutLog(this.#deps.clock.now(), requestId, timeoutMs));
    this.#kill();
    running.settle({ type: "failed", payload: timedOut(requestId, timeoutMs), status: "timeout" });
  }

  #kill(): void {
    this.#isEnding = true;
    this.#process?.kill();
  }

  #ready(): void {
    this.#readyAt = this.#deps.clock.now();
  }

  /** The process is expected to end by itself, and does so in any case. */
  #initFailed(document: string): void {
    this.#initError = document;
    const running = this.#running;
    this.#tell("warn", `The function cannot start: ${document}`);
    if (running !== undefined) void this.#answered(running, { type: "failed", payload: document });
    this.#process?.end();
  }

  #ended(end: ProcessEnd): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#server?.close();
    this.#deps.onEnd(this);
    this.#tellEnd(end);
    this.#resolveOver();
  }

  /** What ends while it has an event, or while it starts, fails the invocation; another time nobody was harmed. */
  #tellEnd(end: ProcessEnd): void {
    const running = this.#running;
    if (running?.answer !== undefined) return running.settle(running.answer);
    if (this.#isEnding) return running?.settle({ type: "stopped" });
    if (this.#initError === undefined && (running !== undefined || this.#readyAt === undefined)) {
      this.#tell("warn", reasonOfEnd(end));
    }
    if (running === undefined) return;
    if (running.takenAt === undefined && this.#readyAt !== undefined) return running.settle({ type: "gone" });
    const { requestId } = running.invocation;
    this.#logStart(running);
    this.#output.tail.add(`RequestId: ${requestId} Error: ${reasonOfEnd(end)}\nRuntime.ExitError\n`);
    running.settle({ type: "failed", payload: this.#initError ?? ended(requestId, end), status: "error" });
  }

  #close(running: Running, ending: Ending): EnvironmentOutcome {
    this.#running = undefined;
    if (ending.type === "stopped" || ending.type === "gone") return { type: ending.type };
    const { clock, definition } = this.#deps;
    const { tail } = this.#output;
    const durationMs = clock.now() - (running.takenAt ?? this.#startedAt);
    const { requestId } = running.invocation;
    this.#logStart(running);
    const initMs = this.#initReported || this.#readyAt === undefined ? undefined : this.#readyAt - this.#startedAt;
    this.#initReported = true;
    const mostMemoryMb = this.#process?.mostMemoryMb();
    logEnd(tail, requestId, { durationMs, memoryMb: definition.memoryMb, mostMemoryMb, initMs, status: ending.status });
    return { type: ending.type, payload: ending.payload, log: tail.take() };
  }

  /** The first line of the log of an invocation, also of one whose event the process never took. */
  #logStart(running: Running): void {
    if (running.isLogged) return;
    running.isLogged = true;
    logStart(this.#output.tail, running.invocation.requestId, this.#deps.definition.version);
  }

  #tell(level: "info" | "warn", text: string): void {
    const requestId = this.#running?.invocation.requestId;
    const { definition, log } = this.#deps;
    log(level, { function: definition.name, ...(requestId !== undefined && { requestId }) }, text);
  }
}
