import { onAbort } from "../../../kernel/event/on-abort.ts";
import type { Clock } from "../../../kernel/time/clock.ts";

/** A resource of a stack that waits for an answer. */
export interface StackWait {
  /** When it will have waited for too long, by the clock of the account. */
  readonly until: number;
  readonly stackId: string;
  readonly logicalId: string;
}

interface WorkDeps {
  readonly clock: Clock;
  /** Has the time of the account stand still until the answer is called. */
  readonly hold: () => () => void;
  /** Hears of each wait. */
  readonly waits: () => void;
  readonly ended: () => void;
}

/** Waits for a time of the account, or until the signal aborts. */
type WaitFor = (ms: number, signal?: AbortSignal) => Promise<void>;

/** How a resource waits: for a time, or for so long for an answer. */
interface Waiting {
  readonly wait: WaitFor;
  readonly waitForAnswer: WaitFor;
}

/**
 * Something that is done to a stack. It takes no time of the account, whose clock it holds, but while all of the resources that are
 * being made, changed or taken away wait.
 */
export class WorkOnStack {
  readonly stackId: string;
  readonly #deps: WorkDeps;
  readonly #answersWaitedFor = new Set<StackWait>();
  #inHand = 0;
  #waiting = 0;
  #isOver = false;
  #release: (() => void) | undefined;

  constructor(stackId: string, deps: WorkDeps) {
    this.stackId = stackId;
    this.#deps = deps;
    this.#update();
  }

  /** Does something to one resource, which is given what it waits by. */
  async attend<T>(logicalId: string, task: (waiting: Waiting) => Promise<T>): Promise<T> {
    this.#count({ inHand: 1 });
    try {
      return await task({
        wait: (ms, signal) => this.#wait(ms, signal),
        waitForAnswer: (ms, signal) => this.#waitForAnswer(logicalId, ms, signal),
      });
    } finally {
      this.#count({ inHand: -1 });
    }
  }

  /** The answers that are waited for. */
  waits(): Iterable<StackWait> {
    return this.#answersWaitedFor;
  }

  end(): void {
    this.#isOver = true;
    this.#deps.ended();
    this.#update();
  }

  async #waitForAnswer(logicalId: string, ms: number, signal: AbortSignal | undefined): Promise<void> {
    const wait = { until: this.#deps.clock.now() + ms, stackId: this.stackId, logicalId };
    this.#answersWaitedFor.add(wait);
    await this.#wait(ms, signal);
    this.#answersWaitedFor.delete(wait);
  }

  async #wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const { clock, waits } = this.#deps;
    const stops: (() => void)[] = [];
    const isOver = new Promise<void>((resolve) => {
      // The clock is held from the very moment at which the wait is over.
      let end = (): void => {
        end = () => {};
        this.#count({ waiting: -1 });
        resolve();
      };
      stops.push(clock.at(clock.now() + ms, () => end()));
      if (signal !== undefined) stops.push(onAbort(signal, () => end()));
    });
    this.#count({ waiting: 1 });
    waits();
    await isOver;
    for (const stop of stops) stop();
  }

  #count({ inHand = 0, waiting = 0 }: { readonly inHand?: number; readonly waiting?: number }): void {
    this.#inHand += inHand;
    this.#waiting += waiting;
    this.#update();
  }

  #update(): void {
    const goesOn = !this.#isOver && (this.#waiting === 0 || this.#waiting < this.#inHand);
    if (goesOn) this.#release ??= this.#deps.hold();
    else {
      this.#release?.();
      this.#release = undefined;
    }
  }
}
