import type { Json, JsonMap } from "../../template/value.ts";
import { type Attributes, attributesOf, changedAttributes } from "../attributes.ts";
import { textOfDocument } from "../document.ts";
import { isThere } from "../existence.ts";
import { physicalName } from "../physical-name.ts";
import { createOnly, document, flag, list, text, whole } from "../property.ts";
import { alreadyExists, type ResourceContext, type ResourceType, type Wanted } from "../resource-type.ts";
import { systemTags } from "../system-tags.ts";
import { removedTags, tagList } from "../tags.ts";

const MAX_NAME = 256;

/** The properties that are attributes of the topic under the same name. */
const ATTRIBUTES = {
  ArchivePolicy: document,
  ContentBasedDeduplication: flag,
  DisplayName: text,
  FifoThroughputScope: text,
  FifoTopic: createOnly(flag),
  KmsMasterKeyId: text,
  MaximumMessageSize: whole,
  SignatureVersion: text,
  TracingConfig: text,
};

/** What stands for a property that is taken out of a template: what a topic has without it. */
const WHEN_REMOVED: Attributes = {
  ArchivePolicy: "{}",
  ContentBasedDeduplication: "false",
  DisplayName: "",
  KmsMasterKeyId: "",
  MaximumMessageSize: "262144",
  SignatureVersion: "1",
  TracingConfig: "PassThrough",
};

/** What the attributes about the log of deliveries begin with, by protocol. */
const LOGGED: Readonly<Record<string, string>> = {
  "http/s": "HTTP",
  application: "Application",
  firehose: "Firehose",
  lambda: "Lambda",
  sqs: "SQS",
};
const LOGGING = ["SuccessFeedbackSampleRate", "SuccessFeedbackRoleArn", "FailureFeedbackRoleArn"] as const;

/** AWS::SNS::Topic. Ref returns its ARN. */
export const topic: ResourceType = {
  properties: {
    TopicName: createOnly(text),
    ...ATTRIBUTES,
    DataProtectionPolicy: document,
    DeliveryStatusLogging: list,
    Subscription: list,
    Tags: list,
  },
  attributes: ["TopicArn", "TopicName"],
  nameProperty: "TopicName",
  identifier: "TopicArn",
  isTagged: true,
  async create(context, wanted) {
    const { properties, tags } = wanted;
    const suffix = properties.FifoTopic === true ? ".fifo" : "";
    const name = textOfDocument(properties.TopicName) ?? physicalName(context, { maxLength: MAX_NAME, suffix });
    const { partition, region, account } = context.scope;
    const TopicArn = `arn:${partition}:sns:${region}:${account}:${name}`;
    if (await isThere(context, "sns GetTopicAttributes", { TopicArn })) throw alreadyExists(context, TopicArn);
    const policy = textOfDocument(properties.DataProtectionPolicy);
    await context.operate("sns CreateTopic", {
      Name: name,
      Attributes: topicAttributes(properties),
      Tags: tagList({ ...tags, ...systemTags(context) }),
      ...(policy !== undefined && { DataProtectionPolicy: policy }),
    });
    for (const subscription of subscriptionsOf(properties)) {
      await context.operate("sns Subscribe", { TopicArn, ...subscription });
    }
    return { physicalId: TopicArn, attributes: { TopicArn, TopicName: name } };
  },
  async update(context, { physicalId: TopicArn, attributes, before, after }) {
    const [old, wanted] = [topicAttributes(before.properties), topicAttributes(after.properties)];
    const cleared = Object.fromEntries(Object.keys(old).map((name) => [name, WHEN_REMOVED[name] ?? ""]));
    for (const [AttributeName, AttributeValue] of Object.entries(changedAttributes(old, wanted, cleared))) {
      // AWS: what was never throttled by topic cannot be made so again; it stays.
      if (AttributeName === "FifoThroughputScope" && AttributeValue === "") continue;
      await context.operate("sns SetTopicAttributes", { TopicArn, AttributeName, AttributeValue });
    }
    await changeDataProtection(context, TopicArn, { before, after });
    await resubscribe(context, TopicArn, { before, after });
    const TagKeys = removedTags(before.tags, after.tags);
    if (TagKeys.length > 0) await context.operate("sns UntagResource", { ResourceArn: TopicArn, TagKeys });
    const Tags = tagList(after.tags);
    if (Tags.length > 0) await context.operate("sns TagResource", { ResourceArn: TopicArn, Tags });
    return { physicalId: TopicArn, attributes };
  },
  async delete(context, { physicalId: TopicArn, properties }) {
    // SNS keeps topics that have an archive. GAP: whether AWS's handler ends it first is not known.
    const ended = { TopicArn, AttributeName: "ArchivePolicy", AttributeValue: "{}" };
    if (properties.ArchivePolicy !== undefined) await context.operate("sns SetTopicAttributes", ended);
    await context.operate("sns DeleteTopic", { TopicArn });
  },
};

interface Both {
  readonly before: Wanted;
  readonly after: Wanted;
}

function topicAttributes(properties: JsonMap): Attributes {
  const { FifoTopic, ...attributes } = attributesOf(properties, Object.keys(ATTRIBUTES));
  const logged = itemsOf(properties.DeliveryStatusLogging).flatMap((entry) =>
    LOGGING.map(
      (name) => [`${LOGGED[String(entry.Protocol)] ?? ""}${name}`, textOfDocument(entry[name]) ?? ""] as const,
    ),
  );
  const given = Object.fromEntries(logged.filter(([, value]) => value !== ""));
  return { ...attributes, ...given, ...(FifoTopic === "true" && { FifoTopic }) };
}

function itemsOf(value: Json | undefined): readonly JsonMap[] {
  return Array.isArray(value) ? (value as readonly JsonMap[]) : [];
}

function subscriptionsOf(properties: JsonMap): readonly { readonly Protocol: string; readonly Endpoint: string }[] {
  return itemsOf(properties.Subscription).map(({ Protocol, Endpoint }) => ({
    Protocol: textOfDocument(Protocol) ?? "",
    Endpoint: textOfDocument(Endpoint) ?? "",
  }));
}

async function changeDataProtection(
  context: ResourceContext,
  ResourceArn: string,
  { before, after }: Both,
): Promise<void> {
  const [old, wanted] = [before, after].map(({ properties }) => textOfDocument(properties.DataProtectionPolicy) ?? "");
  if (old === wanted || wanted === undefined) return;
  await context.operate("sns PutDataProtectionPolicy", { ResourceArn, DataProtectionPolicy: wanted });
}

/** Adds and takes away subscriptions that are declared with the topic; others are none of its business. */
async function resubscribe(context: ResourceContext, TopicArn: string, { before, after }: Both): Promise<void> {
  const [old, wanted] = [subscriptionsOf(before.properties), subscriptionsOf(after.properties)];
  const isIn = (many: typeof old, one: (typeof old)[number]): boolean =>
    many.some(({ Protocol, Endpoint }) => Protocol === one.Protocol && Endpoint === one.Endpoint);
  const left = old.filter((one) => !isIn(wanted, one));
  for (const one of wanted.filter((each) => !isIn(old, each))) {
    await context.operate("sns Subscribe", { TopicArn, ...one });
  }
  let NextToken: Json | undefined;
  while (left.length > 0) {
    const page = await context.operate("sns ListSubscriptionsByTopic", {
      TopicArn,
      ...(NextToken !== undefined && { NextToken }),
    });
    for (const { SubscriptionArn = "", Protocol, Endpoint } of itemsOf(page.Subscriptions)) {
      const found = { Protocol: String(Protocol), Endpoint: String(Endpoint) };
      if (isIn(left, found)) await context.operate("sns Unsubscribe", { SubscriptionArn });
    }
    NextToken = page.NextToken;
    if (NextToken === undefined) break;
  }
}
