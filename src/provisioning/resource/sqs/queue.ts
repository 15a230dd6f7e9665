import type { Tags } from "../../template/plan/applied.ts";
import type { JsonMap } from "../../template/value.ts";
import { type Attributes, attributesOf, changedAttributes } from "../attributes.ts";
import { textOfDocument } from "../document.ts";
import { isThere } from "../existence.ts";
import { physicalName } from "../physical-name.ts";
import { createOnly, document, flag, list, text, whole } from "../property.ts";
import { alreadyExists, type Made, type ResourceContext, type ResourceType } from "../resource-type.ts";
import { removedTags } from "../tags.ts";

const MAX_NAME = 80;

/** The properties that are attributes of the queue under the same name. */
const ATTRIBUTES = {
  ContentBasedDeduplication: flag,
  DeduplicationScope: text,
  DelaySeconds: whole,
  FifoQueue: createOnly(flag),
  FifoThroughputLimit: text,
  KmsDataKeyReusePeriodSeconds: whole,
  KmsMasterKeyId: text,
  MaximumMessageSize: whole,
  MessageRetentionPeriod: whole,
  ReceiveMessageWaitTimeSeconds: whole,
  RedriveAllowPolicy: document,
  RedrivePolicy: document,
  SqsManagedSseEnabled: flag,
  VisibilityTimeout: whole,
};

/** AWS writes these for what is taken out of a template; a queue that was created without them has the service's own. */
const WHEN_REMOVED: Readonly<Record<string, string>> = {
  ContentBasedDeduplication: "false",
  DelaySeconds: "0",
  KmsMasterKeyId: "",
  MaximumMessageSize: "262144",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  RedriveAllowPolicy: "",
  RedrivePolicy: "",
  VisibilityTimeout: "30",
};

/** AWS::SQS::Queue. Ref returns its URL. */
export const queue: ResourceType = {
  properties: { QueueName: createOnly(text), ...ATTRIBUTES, Tags: list },
  attributes: ["Arn", "QueueName", "QueueUrl"],
  nameProperty: "QueueName",
  identifier: "QueueUrl",
  isTagged: true,
  async create(context, { properties, tags }) {
    const isFifo = properties.FifoQueue === true;
    const name =
      textOfDocument(properties.QueueName) ??
      physicalName(context, { maxLength: MAX_NAME, suffix: isFifo ? ".fifo" : "" });
    if (await isThere(context, "sqs GetQueueUrl", { QueueName: name })) throw alreadyExists(context, name);
    const Attributes = queueAttributes(properties);
    const { QueueUrl } = await context.operate("sqs CreateQueue", { QueueName: name, Attributes, tags });
    return madeOf(context, { name, url: String(QueueUrl) });
  },
  async update(context, { physicalId: QueueUrl, attributes, before, after }) {
    const [old, wanted] = [queueAttributes(before.properties), queueAttributes(after.properties)];
    const Attributes = changedAttributes(old, wanted, WHEN_REMOVED);
    if (Object.keys(Attributes).length > 0) await context.operate("sqs SetQueueAttributes", { QueueUrl, Attributes });
    await retag(context, QueueUrl, before.tags, after.tags);
    return { physicalId: QueueUrl, attributes };
  },
  async delete(context, { physicalId: QueueUrl }) {
    await context.operate("sqs DeleteQueue", { QueueUrl });
  },
};

function madeOf({ scope }: ResourceContext, { name, url }: { readonly name: string; readonly url: string }): Made {
  const Arn = `arn:${scope.partition}:sqs:${scope.region}:${scope.account}:${name}`;
  return { physicalId: url, attributes: { Arn, QueueName: name, QueueUrl: url } };
}

/** AWS: a queue is told that it is FIFO; `false` is not something that one can be told. */
function queueAttributes(properties: JsonMap): Attributes {
  const { FifoQueue, ...attributes } = attributesOf(properties, Object.keys(ATTRIBUTES));
  return FifoQueue === "true" ? { ...attributes, FifoQueue } : attributes;
}

async function retag(context: ResourceContext, QueueUrl: string, before: Tags, after: Tags): Promise<void> {
  const TagKeys = removedTags(before, after);
  if (TagKeys.length > 0) await context.operate("sqs UntagQueue", { QueueUrl, TagKeys });
  if (Object.keys(after).length > 0) await context.operate("sqs TagQueue", { QueueUrl, Tags: after });
}
