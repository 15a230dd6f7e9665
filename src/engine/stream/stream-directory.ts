import { type Arn, parseArn } from "../../kernel/arn.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Journal } from "../../kernel/journal.ts";
import { type Scope, scopeKey } from "../../kernel/scope.ts";
import type { AccountEvent } from "./account-events.ts";
import type { Channel } from "./channel.ts";
import type { Channels } from "./channels.ts";
import type { Consumer } from "./consumer.ts";
import type { StreamIdentity } from "./definition.ts";
import type { StreamEvent } from "./events.ts";
import type { StreamRules } from "./rules.ts";
import type { Stream } from "./stream.ts";
import { Streams } from "./streams.ts";

/** What the directory is given at construction. */
export interface StreamDirectoryDoors {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly rules: StreamRules;
  /** Where the events of an account and region go; nowhere unless given. */
  readonly journalIn?: (scope: Scope) => Journal<AccountEvent> | undefined;
  /** Where a stream's events go; nowhere unless given. */
  readonly journalOf?: (stream: StreamIdentity) => Journal<StreamEvent> | undefined;
}

/** Every stream there is, by account and region. */
export class StreamDirectory {
  readonly #doors: StreamDirectoryDoors;
  readonly #byScope = new Map<string, Streams>();
  /** What was asked for last, which is nearly always what is asked for next. */
  #latest: { readonly scope: Scope; readonly streams: Streams } | undefined;

  constructor(doors: StreamDirectoryDoors) {
    this.#doors = doors;
  }

  /** The streams of one account and region. */
  in(scope: Scope): Streams {
    if (this.#latest?.scope !== scope) this.#latest = { scope, streams: this.#found(scope) };
    return this.#latest.streams;
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

  /** The channels of the account and region that the channel is of. */
  channelsOf({ arn }: Channel): Channels {
    return this.in(kinesisArn(arn)!).channels;
  }

  /** Forgets every stream, or those of one account; subscriptions end quietly. */
  reset(account?: string): void {
    this.#latest = undefined;
    for (const [key, streams] of this.#byScope) {
      if (account !== undefined && streams.scope.account !== account) continue;
      streams.close();
      this.#byScope.delete(key);
    }
  }

  /** Ends every subscription quietly. */
  close(): void {
    for (const streams of this.#byScope.values()) streams.close();
  }

  #found(scope: Scope): Streams {
    const key = scopeKey(scope);
    let streams = this.#byScope.get(key);
    if (streams === undefined) {
      const { clockOf, ids, rules, journalIn, journalOf = () => undefined } = this.#doors;
      const clock = clockOf(scope.account);
      streams = new Streams(scope, { clock, ids, rules, journal: journalIn?.(scope), journalOf });
      this.#byScope.set(key, streams);
    }
    return streams;
  }

  #of(arn: Arn): Streams | undefined {
    return this.#byScope.get(scopeKey(arn));
  }
}

function kinesisArn(text: string): Arn | undefined {
  const arn = parseArn(text);
  return arn?.service === "kinesis" ? arn : undefined;
}
