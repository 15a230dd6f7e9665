import { parseArn, parseScopeArn } from "../../kernel/arn.ts";
import { ByScope, type Whereabouts } from "../../kernel/collection/by-scope.ts";
import { readAtOnce, type Taken } from "../../kernel/collection/taken.ts";
import type { EventLog } from "../../kernel/event/event-log.ts";
import type { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { Sweeper } from "../../kernel/time/sweeper.ts";
import type { Follower } from "../waiting-receives.ts";
import { isQueuesEvent, type QueueEntry } from "./events.ts";
import type { Queue } from "./queue.ts";
import { Queues } from "./queues.ts";
import type { DisorderPort } from "./receive/disorder.ts";
import type { QueueRules } from "./settings.ts";
import { Transaction } from "./transaction.ts";

/** What the directory is given at construction. */
interface QueueDirectoryDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly rules: QueueRules;
  /** Frees what expires while nobody uses a queue; without it that is freed by the next use. */
  readonly sweeper?: Sweeper;
  readonly disorder?: DisorderPort | undefined;
  /** Where it stands what happens to queues. */
  readonly logs: EventLogs;
}

/** Every queue there is, by account and region. */
export class QueueDirectory {
  readonly #byScope: ByScope<Queues>;
  readonly #clockOf: (account: string) => Clock;
  readonly #logs: EventLogs;
  /** By the ARN of the queue that they follow, which may come and go. */
  readonly #followers = new Map<string, Set<Follower>>();
  /** There for as long as a queue of the account holds its own. */
  readonly #transactions = new WeakMap<EventLog, Transaction>();
  /** The one that an entry was replayed of last. */
  #latest: Queue | undefined;

  constructor({ clockOf, ids, rules, sweeper, disorder, logs }: QueueDirectoryDeps) {
    this.#clockOf = clockOf;
    this.#logs = logs;
    const byArn = (arn: string) => this.byArn(arn);
    const followersOf = (arn: string) => this.#followers.get(arn);
    this.#byScope = new ByScope((scope) => {
      const clock = clockOf(scope.account);
      const transaction = () => this.#transactionOf(scope.account);
      const own = { clock, ids, rules, sweeper, disorder };
      return new Queues(scope, { ...own, transaction, byArn, followersOf, kept: this.#byScope });
    }, clockOf);
  }

  /** The queues of one account and region. */
  in(scope: Scope): Queues {
    return this.#byScope.in(scope);
  }

  /** The queues of an account, of a region or of all of them, by account and region. */
  within(whereabouts: Whereabouts): readonly Queues[] {
    return this.#byScope.within(whereabouts);
  }

  /** The queue of that name, or undefined when there is none. Looking changes nothing, whatever the scope. */
  find(scope: Scope, name: string): Queue | undefined {
    return this.#byScope.find(scope)?.find(name);
  }

  /** The queue of that ARN, or undefined when there is none. */
  byArn(text: string): Queue | undefined {
    const arn = parseArn(text);
    if (arn?.service !== "sqs") return undefined;
    const queue = this.find(arn, arn.resource);
    return queue?.arn === text ? queue : undefined;
  }

  /**
   * Tells the follower whenever there may be something to receive from the queue of that ARN, as well as from those that are
   * made under it later. Returns what ends that.
   */
  follow(arn: string, follower: Follower): () => void {
    const followers = this.#followers.get(arn) ?? new Set();
    this.#followers.set(arn, followers.add(follower));
    this.#followed(arn, followers);
    return () => {
      followers.delete(follower);
      if (followers.size > 0 || this.#followers.get(arn) !== followers) return;
      this.#followers.delete(arn);
      this.#followed(arn, undefined);
    };
  }

  /** The entries that build every queue as it is now, or those of one account; to be read to the end at once. */
  *entries(account?: string): Generator<QueueEntry, void, void> {
    for (const entries of this.taken(account)) yield* readAtOnce(entries);
  }

  /** The same, each queue as it is when it is taken, whenever it is read; to be taken at once. */
  *taken(account?: string): Generator<Taken<QueueEntry>, void, void> {
    for (const queues of this.#byScope.within({ account })) yield* queues.taken();
  }

  /** Rebuilds what an entry about queues says. Once all are replayed, `resume` is to follow. */
  replay({ resource, event }: QueueEntry): void {
    if (!isQueuesEvent(event)) return this.#replayed(resource)?.replay(event);
    const scope = parseScopeArn(resource);
    if (scope !== undefined) this.in(scope).replay(resource, event);
  }

  /** Has go on what runs by itself, in one account or in all, after everything was rebuilt. */
  resume(account?: string): void {
    for (const queues of this.#byScope.all(account)) queues.resume();
  }

  /** Forgets every queue, or those of one account; whoever waits is answered with nothing. */
  reset(account?: string): void {
    for (const queues of this.#byScope.reset(account)) queues.reset();
  }

  /** Answers everyone who waits with nothing and stops what runs by itself. */
  close(): void {
    for (const queues of this.#byScope.all()) queues.close();
  }

  #followed(arn: string, followers: Iterable<Follower> | undefined): void {
    const queue = this.byArn(arn);
    queue?.receivers.followedBy(followers);
    queue?.serveWaiting(this.#clockOf(queue.scope.account).now());
  }

  /** The queue of that ARN, looked up once for entries that follow one another. */
  #replayed(arn: string): Queue | undefined {
    const latest = this.#latest;
    if (latest?.arn === arn && this.find(latest.scope, latest.name) === latest) return latest;
    this.#latest = this.byArn(arn);
    return this.#latest;
  }

  #transactionOf(account: string): Transaction {
    const log = this.#logs.of(account);
    let transaction = this.#transactions.get(log);
    if (transaction === undefined) {
      transaction = new Transaction(log);
      this.#transactions.set(log, transaction);
    }
    return transaction;
  }
}
