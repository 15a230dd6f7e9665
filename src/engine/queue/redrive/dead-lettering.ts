import { Alarm } from "../../../kernel/time/alarm.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import { isReceivedTooOften } from "../../receive.ts";
import type { DeadLetterTarget, Leaving } from "../definition.ts";
import { type Message, transferOf } from "../message.ts";

/** One receive passes so many messages on at most, and so does each later turn of the event loop that goes on with it. */
export const DEAD_LETTERS_PER_TURN = 250;

/** What dead-lettering needs of its queue. */
interface DeadLetteringDeps extends Leaving {
  readonly clock: Clock;
  /** Of the queue. */
  readonly arn: string;
  readonly targetOf: (arn: string) => DeadLetterTarget | undefined;
  /** Lets time catch up, serves who waits, and says what time it is. */
  readonly settle: () => number;
}

/** Passes messages that were received too often on to the dead-letter queue. */
export class DeadLettering {
  readonly #deps: DeadLetteringDeps;
  readonly #alarm: Alarm;

  constructor(deps: DeadLetteringDeps) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock, () => this.#goOn());
  }

  /** Passes the message on when it was received too often and there is somewhere to pass it; says whether it did. */
  take(message: Message, at: number): boolean {
    const { arn, state, targetOf, transaction, left } = this.#deps;
    const { redrive } = state.settings;
    if (redrive === undefined || !isReceivedTooOften(message.receiveCountHere, redrive)) return false;
    const target = targetOf(redrive.deadLetterTargetArn);
    if (target === undefined || target.arn === arn) return false;
    transaction.run(() => {
      left(message, target.arn, at);
      target.arrive(transferOf(message, arn));
    });
    return true;
  }

  /** Has later turns go on, until a message comes that may be received. */
  goOnLater(): void {
    this.#alarm.set(this.#deps.clock.now());
  }

  stop(): void {
    this.#alarm.set(Number.POSITIVE_INFINITY);
  }

  #goOn(): void {
    const { state, settle } = this.#deps;
    const at = settle();
    if (state.isBehind) return this.goOnLater();
    for (let count = 0; count < DEAD_LETTERS_PER_TURN; count++) {
      const message = state.dispatch.oldest();
      if (message !== undefined && this.take(message, at)) continue;
      settle();
      return;
    }
    this.goOnLater();
  }
}
