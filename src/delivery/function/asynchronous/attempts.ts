import type { AsynchronousEvents } from "../../../engine/function/asynchronous/asynchronous-events.ts";
import type { EndedEvent, OwedEvent } from "../../../engine/function/asynchronous/owed-event.ts";
import type { InvokeFunction } from "../../../engine/invocation.ts";
import { scopeOfArn } from "../../../kernel/arn.ts";
import { Deque } from "../../../kernel/collection/deque.ts";

interface AttemptsDeps {
  readonly invoke: InvokeFunction;
  /** Takes what ended further. Never throws. */
  readonly ended: (ended: EndedEvent) => void;
  /** Hears that a function failed, and of its error; whether it is tried again is another matter. Never throws. */
  readonly failed: (event: OwedEvent, document: string) => void;
  /** Hears that attempts are over. */
  readonly attempted: () => void;
}

/**
 * How many events of a function run at a time. AWS: as many as its concurrency allows, which starts an environment for each of
 * them; here these are processes of one machine.
 */
const CONCURRENCY = 5;

/** An event whose turn comes, and where it is kept. */
interface Waiting {
  readonly events: AsynchronousEvents;
  readonly requestId: string;
}

/** The events of one function that are due. */
interface Lane {
  readonly ready: Deque<Waiting>;
  readonly running: Set<AbortController>;
}

/**
 * Attempts events that are due: those of one function in their order, so many at a time, whatever happens to those of others.
 * An attempt takes no time of the account's clock.
 */
export class Attempts {
  readonly #deps: AttemptsDeps;
  /** By account, then by the ARN of the function. */
  readonly #lanes = new Map<string, Map<string, Lane>>();
  #isClosed = false;

  constructor(deps: AttemptsDeps) {
    this.#deps = deps;
  }

  /** Takes an event that is due. Never throws and never waits. */
  add(events: AsynchronousEvents, { requestId, functionArn }: Pick<OwedEvent, "requestId" | "functionArn">): void {
    if (this.#isClosed) return;
    const key = unqualified(functionArn);
    const { account } = events.scope;
    const ofAccount = this.#lanes.get(account) ?? new Map<string, Lane>();
    this.#lanes.set(account, ofAccount);
    const lane = ofAccount.get(key) ?? { ready: new Deque<Waiting>(), running: new Set<AbortController>() };
    ofAccount.set(key, lane);
    lane.ready.push({ events, requestId });
    this.#proceed(lane, key);
  }

  /** How many events of an account, or of all, wait for their turn or are attempted. Looks at each of their functions. */
  pending(account?: string): { readonly ready: number; readonly running: number } {
    let [ready, running] = [0, 0];
    for (const [owner, lanes] of this.#lanes) {
      if (account !== undefined && owner !== account) continue;
      for (const lane of lanes.values()) {
        ready += lane.ready.size;
        running += lane.running.size;
      }
    }
    return { ready, running };
  }

  /** Gives up the attempts for an account, or all of them. Call it when the events are forgotten, too. */
  reset(account?: string): void {
    for (const [owner, lanes] of this.#lanes) {
      if (account !== undefined && owner !== account) continue;
      this.#lanes.delete(owner);
      for (const { running } of lanes.values()) for (const controller of running) controller.abort();
    }
  }

  /** Gives up all attempts, and makes none any more. What was attempted is owed as before. */
  close(): void {
    this.#isClosed = true;
    this.reset();
  }

  #proceed(lane: Lane, key: string): void {
    while (lane.running.size < CONCURRENCY) {
      const next = lane.ready.shift();
      if (next === undefined) break;
      const controller = new AbortController();
      lane.running.add(controller);
      void this.#attempt(next, controller.signal).then(() => {
        lane.running.delete(controller);
        if (controller.signal.aborted) return;
        this.#proceed(lane, key);
        if (lane.running.size === 0) this.#forget(key);
        this.#deps.attempted();
      });
    }
  }

  async #attempt({ events, requestId }: Waiting, signal: AbortSignal): Promise<void> {
    const event = events.find(requestId);
    if (event === undefined) return;
    const expired = events.expire(requestId);
    if (expired !== undefined) return this.#deps.ended(expired);
    const { functionArn, payload, traceId, source, messageIds } = event;
    const cause = { kind: "event", source, messageIds } as const;
    const answer = await this.#deps.invoke({ functionArn, requestId, payload, traceId, cause }, signal);
    if (signal.aborted) return;
    const ended = events.conclude(requestId, answer);
    if (answer.type === "failed") this.#deps.failed(event, answer.payload);
    if (ended !== undefined) this.#deps.ended(ended);
  }

  #forget(key: string): void {
    const { account } = scopeOfArn(key);
    const lanes = this.#lanes.get(account);
    lanes?.delete(key);
    if (lanes?.size === 0) this.#lanes.delete(account);
  }
}

/** The ARN of the function itself, whichever of its versions is meant. */
function unqualified(functionArn: string): string {
  return functionArn.split(":", 7).join(":");
}
