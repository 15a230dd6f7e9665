import { present } from "../../../kernel/present.ts";
import { visibleAgainAt } from "../../receive.ts";

import type { QueueEvent, Received } from "../events.ts";
import { asReceived, type Receipt, type ReceivedMessage, type ReceiveRequest } from "../message.ts";
import type { QueueState } from "../queue-state.ts";
import { DEAD_LETTERS_PER_TURN, type DeadLettering } from "../redrive/dead-lettering.ts";
import type { QueueRules } from "../settings.ts";
import type { Disorder, DisorderedQueue, DisorderPort } from "./disorder.ts";
import { heldByAll } from "./receipts.ts";

/** What receiving needs of its queue. */
interface ReceivingDeps {
  readonly queue: DisorderedQueue;
  readonly disorder: DisorderPort | undefined;
  readonly state: QueueState;
  readonly deadLettering: Pick<DeadLettering, "take" | "goOnLater">;
  readonly rules: Pick<QueueRules, "inFlightLimit">;
  readonly record: (event: QueueEvent) => void;
}

/** Takes messages into flight. */
export class Receiving {
  readonly #deps: ReceivingDeps;

  constructor(deps: ReceivingDeps) {
    this.#deps = deps;
  }

  /**
   * The next messages, or those of an earlier attempt anew. None, although there are some, when as many as one turn takes
   * had to be dead-lettered first; later turns go on with those.
   */
  receive(request: ReceiveRequest, at: number): readonly ReceivedMessage[] {
    const { state, record } = this.#deps;
    const { settings } = state;
    const visibleAt = visibleAgainAt(at, request, settings);
    const attemptId = settings.isFifo ? request.attemptId : undefined;
    const earlier = attemptId === undefined ? undefined : state.attempts.find(attemptId);
    if (earlier !== undefined) return this.#receiveAgain(earlier, at, visibleAt);
    // Even with a timeout of zero nothing is visible again, and received twice, before the receive is complete.
    const isHidden = visibleAt > at;
    const disorder = settings.isFifo ? undefined : this.#deps.disorder?.present;
    const max = disorder === undefined ? request.max : this.#seen(request, disorder);
    const received = this.#takeNext(max, { at, visibleAt: isHidden ? visibleAt : undefined }, disorder);
    if (attemptId !== undefined && received.length > 0) {
      record({ type: "attempted", at, attemptId, receipts: received.map(({ receipt }) => receipt) });
    }
    if (!isHidden) this.#retime(received, at, visibleAt);
    else if (disorder !== undefined) this.#repeat(received, at, disorder);
    return received;
  }

  /** Whether a message is there all the same once a receiver has deleted it. */
  survives(key: number, at: number): boolean {
    const { state, queue, record } = this.#deps;
    const disorder = state.settings.isFifo ? undefined : this.#deps.disorder?.present;
    if (disorder?.repeats(queue, "delete") !== true) return false;
    record({ type: "duplicated", at, keys: [key], after: "delete" });
    return true;
  }

  #seen({ max, waitMs }: ReceiveRequest, disorder: Disorder): number {
    const { state, queue } = this.#deps;
    const most = Math.min(max, state.visible);
    const isShortPoll = (waitMs ?? state.settings.receiveWaitMs) === 0;
    return isShortPoll && most > 0 ? disorder.sampled(queue, most) : max;
  }

  /** Has what was just received be received once more, some of it. */
  #repeat(received: readonly ReceivedMessage[], at: number, disorder: Disorder): void {
    const { queue, record } = this.#deps;
    const repeated = received.filter(() => disorder.repeats(queue, "receive"));
    const keys = repeated.map(({ receipt }) => receipt.key);
    if (keys.length > 0) record({ type: "duplicated", at, keys, after: "receive" });
  }

  /** Puts the next message behind some others. */
  #displaceNext(at: number, disorder: Disorder): void {
    const { state, queue, record } = this.#deps;
    const message = state.dispatch.next({});
    const others = message === undefined ? 0 : disorder.displacement(queue);
    if (message === undefined || others === 0) return;
    const place = present(state.dispatch.placeBehind?.(message, others), "a place in a standard queue");
    record({ type: "displaced", at, key: message.key, groupId: message.groupId, place });
  }

  #takeNext(
    max: number,
    { at, visibleAt }: Pick<Received, "at" | "visibleAt">,
    disorder: Disorder | undefined,
  ): readonly ReceivedMessage[] {
    const { state, deadLettering, rules, record } = this.#deps;
    const received: ReceivedMessage[] = [];
    const turn = {};
    let deadLettered = 0;
    while (received.length < max && state.inFlight < rules.inFlightLimit) {
      if (disorder !== undefined) this.#displaceNext(at, disorder);
      const message = state.dispatch.next(turn);
      if (message === undefined) break;
      if (!deadLettering.take(message, at)) {
        record({ type: "received", at, key: message.key, groupId: message.groupId, visibleAt });
        received.push(asReceived(message));
      } else if (++deadLettered === DEAD_LETTERS_PER_TURN) {
        deadLettering.goOnLater();
        break;
      }
    }
    return received;
  }

  /** The messages of an earlier attempt, hidden anew. */
  #receiveAgain(receipts: readonly Receipt[], at: number, visibleAt: number): readonly ReceivedMessage[] {
    const received = heldByAll(receipts, this.#deps.state).map(asReceived);
    this.#retime(received, at, visibleAt);
    return received;
  }

  #retime(received: readonly ReceivedMessage[], at: number, visibleAt: number): void {
    const keys = received.map(({ receipt }) => receipt.key);
    if (keys.length > 0) this.#deps.record({ type: "retimed", at, keys, visibleAt });
  }
}
