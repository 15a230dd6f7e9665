import { Alarm } from "../../../kernel/time/alarm.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import { WaitingReceives } from "../../waiting-receives.ts";
import type { ReceivedMessage, ReceiveRequest } from "../message.ts";
import type { QueueState } from "../queue-state.ts";

/** What long polls need of their queue. */
interface LongPollDeps {
  readonly clock: Clock;
  readonly state: Pick<QueueState, "visible" | "nextChange">;
  /** Lets time catch up, and comes back to serve. */
  readonly settle: () => void;
  readonly receive: (request: ReceiveRequest, at: number) => readonly ReceivedMessage[];
}

/** Receives that wait for a message, and are served whenever something happens to the queue. */
export class LongPolls {
  readonly waiting = new WaitingReceives<ReceiveRequest, ReceivedMessage>();
  /** Whether somebody may wait, and is not being served just now: to serve is to receive, which happens to the queue, too. */
  wantsServing = false;
  readonly #deps: LongPollDeps;
  readonly #alarm: Alarm;

  constructor(deps: LongPollDeps) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock, deps.settle);
  }

  /** The messages that come, or none when none comes in time, on abort and on dismissal. `serve` is to follow. */
  wait(request: ReceiveRequest, until: number, signal: AbortSignal): Promise<readonly ReceivedMessage[]> {
    this.wantsServing = true;
    return this.waiting.wait(request, { until, signal });
  }

  /** Serves those who wait, then has the clock call when time alone can change something for them. */
  serve(now: number): void {
    const { state, receive } = this.#deps;
    this.wantsServing = false;
    // Patience ends last: the clock may ring late, and what came before the end of a wait is in time.
    if (state.visible > 0) this.waiting.serve((request) => receive(request, now));
    this.waiting.passTime(now);
    this.wantsServing = this.waiting.size > 0;
    this.#alarm.set(this.wantsServing ? Math.min(this.waiting.nextEnd, state.nextChange) : Number.POSITIVE_INFINITY);
  }

  /** Answers everyone who waits with nothing. */
  dismiss(): void {
    this.waiting.dismiss();
    this.#alarm.set(Number.POSITIVE_INFINITY);
  }
}
