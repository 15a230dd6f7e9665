import type { Invocation } from "../runner.ts";

/** Where the process of one environment stands. AWS: names as its messages have them. */
type RuntimeState =
  | "Started"
  | "InitError"
  | "Ready"
  | "Running"
  | "InvocationResponse"
  | "InvocationErrorResponse"
  | "ResponseSent";

/** What a runtime said of an invocation; the payload of what failed is the document of its error. */
export interface RuntimeAnswer {
  readonly type: "answered" | "failed";
  readonly payload: string;
}

/** An invocation on its way to the process. */
interface Task {
  readonly invocation: Invocation;
  /** The event leaves for the process: the instant it has to be done by, in real time. */
  readonly onTaken: () => number;
  readonly onAnswer: (answer: RuntimeAnswer) => void;
}

/** A task that was taken, and its deadline. */
export interface TakenTask extends Task {
  readonly deadlineMs: number;
}

/** A call that waits for an event. */
interface Waiter {
  readonly give: (task: TakenTask) => void;
  readonly refuse: (refusal: Refusal) => void;
}

/** Why a call of the runtime is turned away. */
export class Refusal extends Error {
  readonly status: number;
  readonly errorType: string;

  constructor(status: number, errorType: string, message: string) {
    super(message);
    this.status = status;
    this.errorType = errorType;
  }
}

/** What the session tells its environment. */
interface SessionListener {
  /** Asked for its first event: it is through with its start. */
  readonly onReady: () => void;
  readonly onInitError: (document: string) => void;
}

/**
 * The states that the process of one environment goes through, without HTTP. It asks for an event, answers it, asks for the
 * next; to ask again without having answered gives the same event again. AWS: Using the Lambda runtime API.
 */
export class RuntimeSession {
  readonly #listener: SessionListener;
  #state: RuntimeState = "Started";
  #offered: Task | undefined;
  #taken: TakenTask | undefined;
  #waiter: Waiter | undefined;

  constructor(listener: SessionListener) {
    this.#listener = listener;
  }

  /** Whether the process waits for an event. */
  get isWaiting(): boolean {
    return this.#waiter !== undefined;
  }

  /** Hands the process a task as soon as it asks for one. There is one at a time. */
  offer(task: Task): void {
    this.#offered = task;
    this.#give();
  }

  /** Nobody waits for the task's answer any more; one that was taken is answered in vain. */
  withdraw(): void {
    this.#offered = undefined;
    this.#taken = undefined;
  }

  /** The call waits until there is an event. An earlier one that still does is refused. Returns what ends the wait. */
  next(waiter: Waiter): () => void {
    const state = this.#state;
    if (state === "InitError" || state === "InvocationResponse" || state === "InvocationErrorResponse") {
      throw this.#transition("Ready");
    }
    this.#waiter?.refuse(this.#transition("Ready"));
    const isFirst = state === "Started";
    this.#waiter = waiter;
    if (this.#taken === undefined) this.#state = "Ready";
    if (isFirst) this.#listener.onReady();
    this.#give();
    return () => {
      if (this.#waiter === waiter) this.#waiter = undefined;
    };
  }

  /** Begins an answer to the invocation of that id. */
  begin(id: string, to: "InvocationResponse" | "InvocationErrorResponse"): TakenTask {
    const task = this.#taken;
    if (task?.invocation.requestId !== id) throw new Refusal(400, "InvalidRequestID", "Invalid request ID");
    if (this.#state !== "Running") throw this.#transition(to);
    this.#state = to;
    return task;
  }

  /** Ends an answer that was begun. */
  finish(task: TakenTask, answer: RuntimeAnswer): void {
    this.#state = "ResponseSent";
    if (this.#taken !== task) return;
    this.#taken = undefined;
    task.onAnswer(answer);
  }

  /** An answer that was begun broke off: the process may give another one. */
  breakOff(): void {
    this.#state = "Running";
  }

  /** The process cannot start. Only before it asked for its first event. */
  failInit(document: string): void {
    this.checkInit();
    this.#state = "InitError";
    this.#listener.onInitError(document);
  }

  /** The process whose start failed is followed by another one. */
  restart(): void {
    if (this.#state === "InitError") this.#state = "Started";
  }

  /** Throws Refusal unless the process is still starting. */
  checkInit(): void {
    if (this.#state !== "Started") throw this.#transition("InitError");
  }

  #give(): void {
    const waiter = this.#waiter;
    if (waiter === undefined) return;
    if (this.#taken === undefined && this.#offered !== undefined) {
      this.#taken = { ...this.#offered, deadlineMs: this.#offered.onTaken() };
      this.#offered = undefined;
    }
    if (this.#taken === undefined) return;
    this.#waiter = undefined;
    this.#state = "Running";
    waiter.give(this.#taken);
  }

  #transition(to: RuntimeState): Refusal {
    const why = "State transition is not allowed";
    const message = `State transition from ${this.#state} to ${to} failed for runtime. Error: ${why}`;
    return new Refusal(403, "InvalidStateTransition", message);
  }
}
