import type { RequestListener } from "node:http";
import type { Clock } from "../../kernel/time/clock.ts";
import { WaitingExchanges } from "../http/waiting-exchanges.ts";

/** Answers of control routes that are still to come when the server closes: some routes wait. */
export class LastAnswers {
  readonly #exchanges: WaitingExchanges;

  constructor(clock: Clock) {
    this.#exchanges = new WaitingExchanges(clock);
  }

  /** The same listener, whose answers are looked after. */
  of(serve: RequestListener): RequestListener {
    return (request, response) => {
      // Nobody has to be told: routes that wait hear of a closing emulator by themselves.
      const answered = this.#exchanges.watch({ abort() {}, undelivered() {} }, response);
      response.once("finish", answered);
      serve(request, response);
    };
  }

  /** Waits until all have been given, within reason. */
  close(): Promise<void> {
    return this.#exchanges.close();
  }
}
