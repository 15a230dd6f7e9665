import { formatArn } from "../../kernel/arn.ts";
import type { Keeping } from "../../kernel/collection/by-scope.ts";
import type { IndexRange } from "../../kernel/collection/ordered-index.ts";
import { type Taken, takenAs } from "../../kernel/collection/taken.ts";
import type { Ids } from "../../kernel/ids.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Expiring, Holding } from "../../kernel/time/sweeper.ts";
import type { Follower } from "../waiting-receives.ts";
import type { QueueDeps } from "./definition.ts";
import type { Created, QueueEntry, QueuesEvent } from "./events.ts";
import { MoveTasks } from "./move/move-tasks.ts";
import { Queue } from "./queue.ts";
import { QueuesState } from "./queues-state.ts";
import type { QueueDefinition } from "./settings.ts";
import type { Transaction } from "./transaction.ts";

/** What a directory hands to the queues of one account and region. */
interface QueuesDeps extends Pick<QueueDeps, "clock" | "rules" | "sweeper" | "disorder"> {
  readonly ids: Ids;
  /** Those of the account. Asked for when something happens: an account of which nothing is known leaves nothing behind. */
  readonly transaction: () => Transaction;
  readonly byArn: (arn: string) => Queue | undefined;
  /** Who follows the queue of that ARN, be it there or not. */
  readonly followersOf: (arn: string) => Iterable<Follower> | undefined;
  readonly kept: Keeping<Queues>;
}

/** The queues of one account and region, by name. */
export class Queues implements Expiring {
  readonly scope: Scope;
  readonly moves: MoveTasks;
  readonly #deps: QueuesDeps;
  readonly #state = new QueuesState((arn, created) => this.#queueOf(arn, created));
  readonly #holding: Holding | undefined;

  constructor(scope: Scope, deps: QueuesDeps) {
    this.scope = scope;
    this.#deps = deps;
    const { clock, byArn } = deps;
    const record = (arn: string, event: QueuesEvent): void => this.#record(arn, event);
    this.moves = new MoveTasks(this.#state.moveTasks, { clock, byArn, record });
    this.#holding = deps.sweeper?.holding(clock, this);
  }

  get isEmpty(): boolean {
    return this.#state.isEmpty;
  }

  find(name: string): Queue | undefined {
    return this.#state.byName.get(name);
  }

  /** The queues of that range, by name. */
  list(range?: IndexRange): Iterable<Queue> {
    return this.#state.list(range);
  }

  /** Whether it is the dead-letter queue of one of them. */
  isDeadLetterQueue({ arn }: Queue): boolean {
    return this.#state.deadLetterSources.has(arn);
  }

  /** The queues of that range whose dead-letter queue has the ARN, by name. */
  deadLetterSources(arn: string, range?: IndexRange): Iterable<Queue> {
    return this.#state.deadLetterSources.of(arn, range);
  }

  /** Creates a queue; the name is free. */
  create(name: string, definition: QueueDefinition): Queue {
    const { clock, ids } = this.#deps;
    const arn = formatArn("sqs", this.scope, name);
    this.#record(arn, { type: "created", at: clock.now(), id: ids.uuid(), definition });
    return present(this.find(name), "the queue that was created");
  }

  /** Deletes the queue and answers everyone who waits on it with nothing. */
  delete(queue: Queue): void {
    const at = this.#deps.clock.now();
    this.moves.stop(queue);
    queue.close();
    this.#record(queue.arn, { type: "removed", at, freeAt: at + this.#deps.rules.recreateCooldownMs });
    if (this.nextExpiry < Number.POSITIVE_INFINITY) this.#holding?.begin();
  }

  /** Whether the name belonged to a queue deleted so lately that it cannot be used yet. */
  wasDeletedRecently(name: string): boolean {
    this.expire();
    return this.#state.isCoolingDown(name);
  }

  /** When the next name is free again; Infinity when all are. */
  get nextExpiry(): number {
    return this.#state.nextFreeAt;
  }

  /** Forgets which names were in use until lately, and says how many are free again. */
  expire(): number {
    const expired = this.#state.passTime(this.#deps.clock.now());
    if (this.isEmpty) this.#deps.kept.update(this);
    return expired;
  }

  /** Forgets everything; whoever waits is answered with nothing. */
  reset(): void {
    this.close();
    this.#record(formatArn("sqs", this.scope, ""), { type: "reset", at: this.#deps.clock.now() });
  }

  /** Answers everyone who waits, and ends what runs by itself. */
  close(): void {
    this.#holding?.end();
    this.moves.close();
    for (const queue of this.list()) queue.close();
  }

  /** Has go on what runs by itself, after everything was rebuilt. */
  resume(): void {
    this.#holding?.begin();
    this.moves.resume();
    for (const queue of this.list()) queue.resume();
  }

  /** The entries that build all of it as it is now, whenever they are read; to be taken at once, a queue at a time. */
  *taken(): Generator<Taken<QueueEntry>, void, void> {
    this.expire();
    const names = [...this.#namesKept()];
    yield takenAs(() => names);
    for (const queue of this.list()) yield entriesOf(queue);
    const moves = Array.from(this.#state.moveTasks.kept(), ([resource, event]) => ({ resource, event }));
    yield takenAs(() => moves);
  }

  *#namesKept(): Generator<QueueEntry, void, void> {
    for (const [name, freeAt] of this.#state.coolingDown) {
      const at = freeAt - this.#deps.rules.recreateCooldownMs;
      yield { resource: formatArn("sqs", this.scope, name), event: { type: "nameKept", at, freeAt } };
    }
  }

  /** Rebuilds what an event of the account's log changed. */
  replay(resource: string, event: QueuesEvent): void {
    this.#state.passTime(event.at);
    this.#state.apply(resource, event);
    this.#deps.kept.update(this);
  }

  #record(resource: string, event: QueuesEvent): void {
    this.replay(resource, event);
    this.#deps.transaction().addToAccount(resource, event);
  }

  #queueOf(arn: string, { id, at, definition }: Created): Queue {
    const { clock, rules, sweeper, disorder, byArn, followersOf, transaction } = this.#deps;
    const name = arn.slice(arn.lastIndexOf(":") + 1);
    const identity = { id, name, arn, scope: this.scope, createdAt: at };
    const queue: Queue = new Queue(identity, definition, {
      clock,
      rules,
      sweeper,
      disorder,
      transaction: transaction(),
      deadLetterTarget: byArn,
      redriveChanged: (redrive) => this.#state.deadLetterSources.set(queue, redrive?.deadLetterTargetArn),
    });
    queue.receivers.followedBy(followersOf(arn));
    return queue;
  }
}

function entriesOf(queue: Queue): Taken<QueueEntry> {
  const { arn: resource } = queue;
  const events = queue.taken();
  return takenAs(function* () {
    for (const event of events) yield { resource, event };
  }, events.end);
}
