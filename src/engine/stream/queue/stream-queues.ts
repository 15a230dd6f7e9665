import { formatArn } from "../../../kernel/arn.ts";
import type { Ids } from "../../../kernel/ids.ts";
import { present } from "../../../kernel/present.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { CatchingUp } from "../../../kernel/time/catching-up.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { Ledger } from "../ledger.ts";
import type { QueueDefinition } from "./queue-events.ts";
import type { QueueState } from "./queue-state.ts";
import { StreamQueue } from "./stream-queue.ts";

/** What the queues of one stream are given beside what the stream shares. */
interface StreamQueuesDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly scope: Scope;
}

/** A queue somebody wants. */
interface NewQueue extends QueueDefinition {
  readonly name: string;
}

/** Why a queue is not created, in the order in which it is looked at. */
export type QueueRefusal = "notOnDemand" | "future" | "exists" | "notActive" | "tooMany" | "tooManyChanging";

/** An id is one label of a host name. */
const ID_LENGTH = 26;
const ID_DIGITS = "abcdefghijklmnopqrstuvwxyz012345";

/** The queues of a stream. */
export class StreamQueues {
  readonly #ledger: Ledger;
  readonly #deps: StreamQueuesDeps;
  readonly #queues = new WeakMap<QueueState, StreamQueue>();
  /** Those for whose records somebody waits, or did when it was looked at last. */
  readonly #awaited = new Set<StreamQueue>();
  readonly #catchingUp: CatchingUp;

  constructor(ledger: Ledger, deps: StreamQueuesDeps) {
    this.#ledger = ledger;
    this.#deps = deps;
    this.#catchingUp = new CatchingUp(deps.clock, () => {
      this.serve(ledger.settle());
      return !ledger.state.queues.isBehind;
    });
  }

  get count(): number {
    this.#ledger.settle();
    return this.#ledger.state.queues.size;
  }

  /** All of them in the order of creation. */
  list(): readonly StreamQueue[] {
    this.#ledger.settle();
    return this.#ledger.state.queues.all().map((state) => this.#of(state));
  }

  find(id: string): StreamQueue | undefined {
    this.#ledger.settle();
    const state = this.#ledger.state.queues.find(id);
    return state && this.#of(state);
  }

  create({ name, start, settings, tags }: NewQueue): StreamQueue | QueueRefusal {
    const at = this.#ledger.settle();
    const refusal = this.#refusal({ name, start }, at);
    if (refusal !== undefined) return refusal;
    const id = this.#newId();
    const arn = formatArn("kinesis", this.#deps.scope, `queue/${id}`);
    const activeAt = at + this.#ledger.rules.durations.queueMs;
    const identity = { id, name, arn, createdAt: at };
    this.#ledger.record({ type: "queueCreated", at, activeAt, queue: id, identity, start, settings, tags });
    return this.#of(present(this.#ledger.state.queues.find(id), "a queue"));
  }

  /** Offers those who wait what has arrived. Costs nothing while nobody does. */
  serve(now: number): void {
    if (this.#awaited.size === 0) return;
    for (const queue of this.#awaited) {
      queue.serve(now);
      if (queue.waitingCount === 0) this.#awaited.delete(queue);
    }
  }

  /** Call it when more is due in one of them than one turn takes. */
  goOnLater(): void {
    this.#catchingUp.goOnLater();
  }

  /** Answers everyone who waits with nothing. */
  dismiss(): void {
    this.#catchingUp.stop();
    for (const queue of this.#awaited) queue.dismiss();
    this.#awaited.clear();
  }

  #refusal({ name, start }: Pick<NewQueue, "name" | "start">, at: number): QueueRefusal | undefined {
    const { state, rules, account } = this.#ledger;
    if (state.settings.mode !== "ON_DEMAND") return "notOnDemand";
    if (start.type === "AT_TIMESTAMP" && start.instant > at) return "future";
    if (account.hasQueueNamed(name)) return "exists";
    if (state.status !== "ACTIVE") return "notActive";
    if (state.queues.size + state.consumers.size >= this.#limit) return "tooMany";
    return account.changingQueueCount >= rules.quotas.changingQueues ? "tooManyChanging" : undefined;
  }

  /** AWS: registered consumers count as well. */
  get #limit(): number {
    const { rules, account } = this.#ledger;
    const { consumersPerStream, consumersPerAdvantageStream } = rules.quotas;
    return account.hasThroughputCommitment ? consumersPerAdvantageStream : consumersPerStream;
  }

  #newId(): string {
    return Array.from(this.#deps.ids.bytes(ID_LENGTH), (byte) => ID_DIGITS[byte % ID_DIGITS.length]).join("");
  }

  #of(state: QueueState): StreamQueue {
    let queue = this.#queues.get(state);
    if (queue === undefined) {
      const waits = (waiting: StreamQueue): void => void this.#awaited.add(waiting);
      const caughtUp = () => this.#catchingUp.end();
      queue = new StreamQueue(state, this.#ledger, { clock: this.#deps.clock, waits, caughtUp });
      this.#queues.set(state, queue);
    }
    return queue;
  }
}
