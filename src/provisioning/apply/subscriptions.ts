import type { DeclaredSubscription, DeclaredTopic, Texts } from "../world/world.ts";
import { differences, told, withArns } from "./attributes.ts";
import type { Plan } from "./plan.ts";
import { nameIn, type Session } from "./session.ts";

interface Listed {
  readonly SubscriptionArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
}

/** Where subscriptions are planned. */
interface Planning {
  readonly plan: Plan;
  /** Whether the topic is created, too. */
  readonly isNew: boolean;
}

/** Plans the subscriptions of a topic. One of a protocol and an endpoint is the same, whatever its attributes. */
export async function planSubscriptions(
  session: Session,
  topic: DeclaredTopic,
  { plan, isNew }: Planning,
): Promise<void> {
  if (topic.subscriptions.length === 0) return;
  const present = isNew ? [] : await subscriptionsOf(session, session.arn("sns", topic.name));
  for (const declared of topic.subscriptions) {
    const subscription = completed(session, declared);
    const found = present.find(
      ({ Protocol, Endpoint }) => Protocol === subscription.protocol && Endpoint === subscription.endpoint,
    );
    if (found === undefined) planCreation(session, topic, { plan, subscription });
    else await planChange(session, topic, { plan, subscription, arn: found.SubscriptionArn });
  }
}

/** Every subscription of a topic. */
export async function subscriptionsOf(session: Session, TopicArn: string): Promise<readonly Listed[]> {
  const all: Listed[] = [];
  let token: string | undefined;
  do {
    const page: { Subscriptions?: readonly Listed[]; NextToken?: string } = await session.call(
      "sns",
      "ListSubscriptionsByTopic",
      { TopicArn, ...(token !== undefined && { NextToken: token }) },
    );
    for (const subscription of page.Subscriptions ?? []) all.push(subscription);
    token = page.NextToken;
  } while (token !== undefined);
  return all;
}

function completed(session: Session, subscription: DeclaredSubscription): DeclaredSubscription {
  const { protocol, endpoint, attributes } = subscription;
  return {
    ...subscription,
    endpoint: endpointOf(session, protocol, endpoint),
    attributes: withArns(session, attributes),
  };
}

function endpointOf(session: Session, protocol: string, endpoint: string): string {
  if (protocol === "lambda") return session.functionArn(endpoint);
  return protocol === "sqs" ? session.arn("sqs", endpoint) : endpoint;
}

interface Subject {
  readonly plan: Plan;
  readonly subscription: DeclaredSubscription;
}

function planCreation(session: Session, { name }: DeclaredTopic, { plan, subscription }: Subject): void {
  const { protocol: Protocol, endpoint: Endpoint, attributes: Attributes, path } = subscription;
  const input = { TopicArn: session.arn("sns", name), Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true };
  let arn: string | undefined;
  plan.note({
    action: "created",
    type: "subscription",
    name: nameOf(name, subscription),
    ...session.place,
    details: [],
  });
  plan.add({
    stage: "connect",
    subject: `subscription of topic ${name}`,
    path,
    async run() {
      const { SubscriptionArn } = await session.call<{ SubscriptionArn: string }>("sns", "Subscribe", input);
      arn = SubscriptionArn;
    },
    undo: () => session.call("sns", "Unsubscribe", { SubscriptionArn: arn }),
  });
}

async function planChange(
  session: Session,
  { name }: DeclaredTopic,
  { plan, subscription, arn }: Subject & { readonly arn: string },
): Promise<void> {
  const change = {
    action: "changed",
    type: "subscription",
    name: nameOf(name, subscription),
    ...session.place,
  } as const;
  // AWS: as long as nobody has confirmed it, it has no ARN to ask by.
  if (!arn.startsWith("arn:")) return plan.note({ ...change, details: [] });
  const found = await session.call<{ Attributes?: Texts }>("sns", "GetSubscriptionAttributes", {
    SubscriptionArn: arn,
  });
  const changed = differences(subscription.attributes, found.Attributes ?? {});
  for (const { name: AttributeName, before = "", after } of changed) {
    const set = (AttributeValue: string) => () =>
      session.call("sns", "SetSubscriptionAttributes", { SubscriptionArn: arn, AttributeName, AttributeValue });
    const about = { subject: `subscription of topic ${name}`, path: subscription.path };
    plan.add({ stage: "connect", ...about, run: set(after), undo: set(before) });
  }
  plan.note({ ...change, details: changed.map(told) });
}

/** `events > orders` */
function nameOf(topic: string, { protocol, endpoint }: DeclaredSubscription): string {
  return `${topic} > ${protocol === "sqs" ? nameIn(endpoint) : endpoint}`;
}
