import type { Session } from "../apply/session.ts";
import { subscriptionsOf } from "../apply/subscriptions.ts";
import { tagMap } from "../apply/tags.ts";
import { protocolOf } from "../config/protocol-of.ts";
import { subscriptionProperties, topicProperties } from "../world/properties.ts";
import type { Texts } from "../world/world.ts";
import { declaredTags, declaredValues, shortQueue } from "./declared-values.ts";
import { allPages } from "./pages.ts";

interface TopicPage {
  readonly Topics?: readonly { readonly TopicArn: string }[];
  readonly NextToken?: string;
}

/** What a file says of the topics of an account and region, and of their subscriptions, by name. */
export async function exportTopics(session: Session): Promise<object> {
  const topics = await allPages(
    (token) => session.call<TopicPage>("sns", "ListTopics", token),
    ({ Topics }) => Topics,
  );
  const exported: Record<string, object> = {};
  for await (const { TopicArn } of session.inTurns(topics)) {
    const attributes = await attributesOf(session, TopicArn);
    if (attributes === undefined) continue;
    const tags = await exportTags(session, TopicArn);
    const subscriptions = await exportSubscriptions(session, TopicArn);
    exported[TopicArn.slice(TopicArn.lastIndexOf(":") + 1)] = {
      ...declaredValues(session, attributes, topicProperties),
      ...tags,
      ...(subscriptions.length > 0 && { subscriptions }),
    };
  }
  return exported;
}

async function attributesOf(session: Session, TopicArn: string): Promise<Texts | undefined> {
  const found = await session.find<{ Attributes?: Texts }>("sns", "GetTopicAttributes", { TopicArn });
  if (found === undefined) return undefined;
  const { Policy, ...attributes } = found.Attributes ?? {};
  const { DataProtectionPolicy = "" } = await session.call<{ DataProtectionPolicy?: string }>(
    "sns",
    "GetDataProtectionPolicy",
    { ResourceArn: TopicArn },
  );
  // AWS: what a topic has that was given no policy.
  const isOwn = Policy !== undefined && !Policy.includes("__default_policy_ID");
  return { ...attributes, DataProtectionPolicy, ...(isOwn && { Policy }) };
}

async function exportTags(session: Session, ResourceArn: string): Promise<object> {
  const listed = await session.call<{ Tags?: Parameters<typeof tagMap>[0] }>("sns", "ListTagsForResource", {
    ResourceArn,
  });
  return declaredTags(tagMap(listed.Tags));
}

async function exportSubscriptions(session: Session, TopicArn: string): Promise<readonly unknown[]> {
  const exported: unknown[] = [];
  // Listed by ids, which are others each time.
  const listed = (await subscriptionsOf(session, TopicArn)).toSorted((a, b) => (a.Endpoint < b.Endpoint ? -1 : 1));
  for await (const { SubscriptionArn, Protocol, Endpoint: full } of session.inTurns(listed)) {
    const Endpoint = Protocol === "sqs" ? shortQueue(session, full) : full;
    // AWS: as long as nobody has confirmed it, it has no ARN to ask by.
    const attributes = SubscriptionArn.startsWith("arn:")
      ? await session.find<{ Attributes?: Texts }>("sns", "GetSubscriptionAttributes", { SubscriptionArn })
      : {};
    if (attributes === undefined) continue;
    const values = declaredValues(session, attributes.Attributes ?? {}, subscriptionProperties);
    const named = protocolOf(Endpoint) === Protocol ? {} : { Protocol };
    const more = { ...named, ...values };
    exported.push(Object.keys(more).length === 0 ? Endpoint : { Endpoint, ...more });
  }
  return exported;
}
