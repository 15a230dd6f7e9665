import { phoneNumber } from "../inputs.ts";

/** A message as the outbox keeps it. */
interface OutboxMessage {
  readonly protocol: string;
  readonly to: string;
  readonly messageId: string;
  readonly body: string;
  readonly region: string;
  readonly topicArn?: string | undefined;
  readonly subscriptionArn?: string | undefined;
  readonly subject?: string | undefined;
}

/** Which messages are meant: those of a protocol in an account and region, or only those to one receiver. */
interface SentMessages {
  readonly account: string;
  readonly region: string;
  readonly protocol: string;
  readonly to?: string | undefined;
}

/** Where messages are that would have left this machine. */
export interface OutboxDeps {
  /** Whom a request is about that does not say. */
  readonly defaults: { readonly account: string; readonly region: string };
  readonly outbox: (query: { readonly account: string; readonly limit: number }) => Promise<readonly OutboxMessage[]>;
  readonly dropFromOutbox: (query: SentMessages) => void;
}

/** A kind of messages as LocalStack shows them. */
interface Kind {
  readonly protocol: string;
  /** The parameter that names a receiver. */
  readonly receiver: string;
  /** What the answer calls them, and each its receiver. */
  readonly list: string;
  readonly to: string;
}

export const TEXT_MESSAGES: Kind = {
  protocol: "sms",
  receiver: "phoneNumber",
  list: "sms_messages",
  to: "PhoneNumber",
};
export const PUSH_NOTIFICATIONS: Kind = {
  protocol: "application",
  receiver: "endpointArn",
  list: "platform_endpoint_messages",
  to: "TargetArn",
};

/** The outbox keeps no more of an account. */
const MOST_MESSAGES = 1000;

/** The messages that a query is about, by their receivers. */
export async function shownMessages(deps: OutboxDeps, query: URLSearchParams, kind: Kind): Promise<object> {
  const { account, region, protocol, to } = meantBy(deps, query, kind);
  const groups = new Map<string, object[]>(to === undefined ? [] : [[to, []]]);
  for (const message of await deps.outbox({ account, limit: MOST_MESSAGES })) {
    if (message.protocol !== protocol || message.region !== region) continue;
    if (to !== undefined && message.to !== to) continue;
    const shown = { [kind.to]: message.to, ...shownOf(message) };
    const group = groups.get(message.to);
    if (group === undefined) groups.set(message.to, [shown]);
    else group.push(shown);
  }
  return { [kind.list]: Object.fromEntries(groups), region };
}

/** Forgets the messages that a query is about. */
export function dropMessages(deps: OutboxDeps, query: URLSearchParams, kind: Kind): void {
  deps.dropFromOutbox(meantBy(deps, query, kind));
}

function meantBy({ defaults }: OutboxDeps, query: URLSearchParams, { protocol, receiver }: Kind): SentMessages {
  const to = query.get(receiver);
  return {
    account: query.get("accountId") ?? defaults.account,
    region: query.get("region") ?? defaults.region,
    protocol,
    to: to === null ? undefined : phoneNumber(to),
  };
}

function shownOf({ topicArn, subscriptionArn, messageId, body, subject }: OutboxMessage) {
  return {
    TopicArn: topicArn ?? null,
    SubscriptionArn: subscriptionArn ?? null,
    MessageId: messageId,
    Message: body,
    Subject: subject ?? null,
  };
}
