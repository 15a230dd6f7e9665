import { formatArn, scopeOfArn } from "../../kernel/arn.ts";
import { type AccountRingLimits, AccountRings } from "../../kernel/collection/account-rings.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { scopeOf } from "../../kernel/scope.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";

/** What an outbox message says, in the members that its protocol has. */
export interface OutboxContent {
  readonly from?: string | undefined;
  readonly subject?: string | undefined;
  readonly body: string;
  /** Where a mail's link leads that confirms a subscription, or brings it back. */
  readonly subscribeUrl?: string | undefined;
  /** `Promotional` or `Transactional`. */
  readonly smsType?: string | undefined;
  /** How many parts a text message is sent in. */
  readonly parts?: number | undefined;
  /** The push service, in AWS's spelling, and what it knows the device by. */
  readonly platform?: string | undefined;
  readonly token?: string | undefined;
  /** Message attributes as text, bytes in base64. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/** Who an outbox message is for, and what it belongs to. */
export interface OutboxAddress {
  readonly account: string;
  readonly region: string;
  readonly protocol: string;
  /** Mail address, phone number, or the ARN of an endpoint, a stream or a function. */
  readonly to: string;
  readonly type: "Notification" | "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly messageId: string;
  /** Both absent from what was published straight to its receiver. */
  readonly topicArn?: string | undefined;
  readonly subscriptionArn?: string | undefined;
}

/** A message that would have left this machine. */
interface OutboxMessage extends OutboxAddress, OutboxContent {
  /** ISO 8601. */
  readonly time: string;
}

/** Which messages are wanted: those that meet all conditions given. */
interface OutboxQuery {
  readonly account?: string | undefined;
  readonly protocol?: string | undefined;
  readonly to?: string | undefined;
}

/** Which part of them is wanted: so many behind a place. */
interface OutboxPageQuery extends OutboxQuery {
  readonly limit: number;
  readonly after?: number | undefined;
}

/** A message to keep. */
interface KeptMessage {
  readonly address: OutboxAddress;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Of the message as published. */
  readonly characters: number;
  /** Makes the content each time, or answers with the one there is. Better made when it is looked at if it has to be signed. */
  readonly content: () => OutboxContent;
}

/** A message of the outbox as plain data. */
interface OutboxKept {
  readonly type: "outboxKept";
  readonly at: number;
  readonly address: OutboxAddress;
  readonly characters: number;
  readonly content: OutboxContent;
}

/** Messages that somebody had the outbox forget, as plain data. */
interface OutboxDropped {
  readonly type: "outboxDropped";
  readonly at: number;
  readonly region: string;
  readonly protocol: string;
  readonly to?: string | undefined;
}

/** What changes the outbox. */
export type OutboxEvent = OutboxKept | OutboxDropped;

type OutboxListener = (account: string, entry: Entry) => void;

interface StoredMessage extends KeptMessage {
  /** Places it among the messages of all accounts. */
  readonly order: number;
}

const MEBI = 1024 * 1024;
const LIMITS: AccountRingLimits = {
  each: { items: 1000, characters: 16 * MEBI },
  all: { items: 10_000, characters: 64 * MEBI },
};

/** What would have left this machine: mails, text messages, push notifications, records and events of each account. */
export class OutboxStore {
  readonly #kept: AccountRings<StoredMessage>;
  #order = 0;
  #listener: OutboxListener | undefined;

  constructor(limits: AccountRingLimits = LIMITS) {
    this.#kept = AccountRings.of(limits, ({ characters }) => characters);
  }

  keep({ address, at, characters, content }: KeptMessage): void {
    this.#kept.push(address.account, { order: this.#order++, address, at, characters, content });
    this.#listener?.(address.account, entryOf({ address, at, characters, content }));
  }

  /** Has somebody hear of each message, whose content is made at once then. There is one who does, at the most. */
  listen(listener: OutboxListener): void {
    this.#listener = listener;
  }

  /** The messages kept, oldest first. */
  messages(query: OutboxQuery): OutboxMessage[] {
    return this.#found(query).map(shown);
  }

  /** The first of them behind a place, and the place of the last if there are more. Looks at all that is kept. */
  page({ limit, after = -1, ...query }: OutboxPageQuery): {
    readonly messages: OutboxMessage[];
    readonly next?: number;
  } {
    const found = this.#found(query).filter(({ order }) => order > after);
    const onPage = found.slice(0, limit);
    const last = onPage.at(-1);
    const messages = onPage.map(shown);
    return last === undefined || found.length === onPage.length ? { messages } : { messages, next: last.order };
  }

  #found({ account, protocol, to }: OutboxQuery): StoredMessage[] {
    return [...this.#kept.entries(account)]
      .flatMap(([, messages]) => [...messages])
      .filter(({ address }) => protocol === undefined || address.protocol === protocol)
      .filter(({ address }) => to === undefined || address.to === to)
      .sort((a, b) => a.order - b.order);
  }

  /** The messages of each account, or of one, as entries that keep them again; what is signed is signed now. */
  *entries(account?: string): Generator<Entry<OutboxKept>, void, void> {
    for (const [, messages] of this.#kept.entries(account)) {
      for (const message of messages) yield entryOf(message);
    }
  }

  /** Does again what an entry tells. */
  replay({ resource, event }: Entry<OutboxEvent>): void {
    if (event.type === "outboxDropped") return this.drop(scopeOfArn(resource).account, event);
    const { at, address, characters, content } = event;
    this.keep({ at, address, characters, content: () => content });
  }

  /** Forgets the messages of a protocol in a region, or only those to one receiver. */
  drop(account: string, { at, region, protocol, to }: Omit<OutboxDropped, "type">): void {
    const isMeant = ({ address }: StoredMessage): boolean =>
      address.region === region && address.protocol === protocol && (to === undefined || address.to === to);
    this.#kept.filter(account, (message) => !isMeant(message));
    const event: OutboxDropped = { type: "outboxDropped", at, region, protocol, to };
    this.#listener?.(account, { resource: outboxOf(account), event });
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    this.#kept.reset(account);
  }
}

function entryOf({ at, address, characters, content }: KeptMessage): Entry<OutboxKept> {
  return {
    resource: outboxOf(address.account),
    event: { type: "outboxKept", at, address, characters, content: content() },
  };
}

function outboxOf(account: string): string {
  return formatArn("waystation", scopeOf(account, ""), "outbox");
}

function shown({ at, address, content }: StoredMessage): OutboxMessage {
  return { time: formatIso8601(at), ...address, ...content() };
}
