import { type Arn, parseArn, scopeOfArn } from "../../../kernel/arn.ts";
import { ByScope, type Whereabouts } from "../../../kernel/collection/by-scope.ts";
import { readAtOnce, type Taken } from "../../../kernel/collection/taken.ts";
import type { Entry } from "../../../kernel/event/event-log.ts";
import type { EventLogs } from "../../../kernel/event/event-logs.ts";
import type { Ids } from "../../../kernel/ids.ts";
import { present } from "../../../kernel/present.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { Sweeper } from "../../../kernel/time/sweeper.ts";
import { CallRates } from "../capacity/call-rates.ts";
import type { ShardThrottlePort } from "../capacity/shard-throttle.ts";
import type { Channel } from "../channel/channel.ts";
import type { Channels } from "../channel/channels.ts";
import type { Consumer } from "../consumer/consumer.ts";
import type { StreamEvent } from "../events.ts";
import type { StreamRules } from "../rules.ts";
import type { Stream } from "../stream.ts";
import type { AccountChange } from "./account-events.ts";
import type { QueueOfStream } from "./account-queues.ts";
import { Streams } from "./streams.ts";

/** What the directory is given at construction. */
interface StreamDirectoryDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly rules: StreamRules;
  /** Frees what expires while nobody uses a stream; without it that is freed by the next use. */
  readonly sweeper?: Sweeper;
  readonly throttle?: ShardThrottlePort | undefined;
  /** Hears whenever somebody has read something. */
  readonly read?: () => void;
  /** Where all that happens is told. */
  readonly logs: EventLogs;
}

/** Every stream there is, by account and region. */
export class StreamDirectory {
  /** How often calls come; undefined where nothing is ever throttled. */
  readonly calls: CallRates | undefined;
  readonly #byScope: ByScope<Streams>;
  /** What was asked for last, which is nearly always what is asked for next. */
  #latest: { readonly scope: Scope; readonly streams: Streams } | undefined;

  constructor({ clockOf, ids, rules, sweeper, throttle, logs, read = () => {} }: StreamDirectoryDeps) {
    this.calls = rules.capacity && new CallRates(clockOf);
    const kept = { update: (streams: Streams) => this.#update(streams) };
    this.#byScope = new ByScope((scope) => {
      const clock = clockOf(scope.account);
      return new Streams(scope, { clock, ids, rules, logs, read, kept, sweeper, throttle });
    }, clockOf);
  }

  /** The streams of one account and region. */
  in(scope: Scope): Streams {
    if (this.#latest?.scope === scope) return this.#latest.streams;
    const streams = this.#byScope.in(scope);
    if (!streams.isEmpty) this.#latest = { scope, streams };
    return streams;
  }

  /** The streams of an account, of a region or of all of them, by account and region. */
  within(whereabouts: Whereabouts): readonly Streams[] {
    return this.#byScope.within(whereabouts);
  }

  /** The stream of that ARN, or undefined when there is none. */
  byArn(text: string): Stream | undefined {
    const arn = kinesisArn(text);
    if (arn === undefined || !arn.resource.startsWith("stream/")) return undefined;
    const stream = this.#of(arn)?.find(arn.resource.slice("stream/".length));
    return stream?.arn === text ? stream : undefined;
  }

  /** The consumer of that ARN with its stream, or undefined when there is none. */
  consumerByArn(text: string): { readonly stream: Stream; readonly consumer: Consumer } | undefined {
    const stream = this.byArn(text.slice(0, text.indexOf("/consumer/")));
    const consumer = stream?.consumers.byArn(text);
    return stream === undefined || consumer === undefined ? undefined : { stream, consumer };
  }

  /** The channel of that ARN, or undefined when there is none. */
  channelByArn(text: string): Channel | undefined {
    const arn = kinesisArn(text);
    return arn && this.#of(arn)?.channels.byArn(text);
  }

  /** The queue of that ARN with its stream, or undefined when there is none. */
  queueByArn(text: string): QueueOfStream | undefined {
    const arn = kinesisArn(text);
    const found = arn && this.#of(arn)?.queues.byId(arn.resource.slice("queue/".length));
    return found?.queue.identity.arn === text ? found : undefined;
  }

  /** The channels of the account and region that the channel is of. */
  channelsOf({ arn }: Channel): Channels {
    return this.in(present(kinesisArn(arn), "the ARN of a stream")).channels;
  }

  /** The entries that build everything as it is now, or what is of one account; to be read to the end at once. */
  *entries(account?: string): Generator<Entry, void, void> {
    for (const entries of this.taken(account)) yield* readAtOnce(entries);
  }

  /** The same, each stream as it is when it is taken, whenever it is read; to be taken at once. */
  *taken(account?: string): Generator<Taken<Entry>, void, void> {
    for (const streams of this.#byScope.within({ account })) yield* streams.taken();
  }

  /** Rebuilds what an entry says that an engine of streams appended. Asks neither for the time nor for ids. */
  replay({ resource, event }: Entry): void {
    const scope = scopeOfArn(resource);
    if (event.type === "reset") return this.#forget(scope);
    this.in(scope).replay({ resource, event: event as AccountChange | StreamEvent });
  }

  /** Has what runs by itself go on, in one account or in all, once everything is replayed. */
  resume(account?: string): void {
    for (const streams of this.#byScope.all(account)) streams.resume();
  }

  /** Forgets every stream, or those of one account; subscriptions end quietly. */
  reset(account?: string): void {
    this.#latest = undefined;
    this.calls?.reset(account);
    for (const streams of this.#byScope.reset(account)) streams.reset();
  }

  /** Ends every subscription quietly. */
  close(): void {
    for (const streams of this.#byScope.all()) streams.close();
  }

  #forget(scope: Scope): void {
    this.#latest = undefined;
    this.#byScope.drop(scope)?.close();
  }

  #update(streams: Streams): void {
    if (streams.isEmpty) this.#latest = undefined;
    this.#byScope.update(streams);
  }

  #of(arn: Arn): Streams | undefined {
    return this.#byScope.find(arn);
  }
}

function kinesisArn(text: string): Arn | undefined {
  const arn = parseArn(text);
  return arn?.service === "kinesis" ? arn : undefined;
}
