import type { JsonMap } from "../../template/value.ts";
import { textOfDocument } from "../document.ts";
import { createOnly, document, list, required, text } from "../property.ts";
import type { ResourceType } from "../resource-type.ts";
import { tagsOf } from "../tags.ts";

/** AWS::Kinesis::StreamConsumer. Ref returns its ARN; whatever changes makes another one. */
export const streamConsumer: ResourceType = {
  properties: {
    ConsumerName: createOnly(required(text)),
    StreamARN: createOnly(required(text)),
    Tags: createOnly(list),
  },
  attributes: ["ConsumerARN", "ConsumerName", "ConsumerStatus", "ConsumerCreationTimestamp", "StreamARN"],
  identifier: "ConsumerARN",
  async create(context, { properties }) {
    const { ConsumerName = "", StreamARN = "", Tags } = properties;
    const tags = tagsOf(Tags, {});
    const { Consumer } = await context.operate("kinesis RegisterStreamConsumer", {
      ConsumerName,
      StreamARN,
      ...(Object.keys(tags).length > 0 && { Tags: tags }),
    });
    const { ConsumerARN = "", ConsumerCreationTimestamp = "" } = Consumer as JsonMap;
    return {
      physicalId: String(ConsumerARN),
      attributes: {
        ConsumerARN,
        ConsumerName,
        StreamARN,
        ConsumerStatus: "ACTIVE",
        ConsumerCreationTimestamp: String(ConsumerCreationTimestamp),
      },
    };
  },
  update: async (_context, { physicalId, attributes }) => ({ physicalId, attributes }),
  async delete(context, { physicalId: ConsumerARN }) {
    await context.operate("kinesis DeregisterStreamConsumer", { ConsumerARN });
  },
};

/** AWS::Kinesis::ResourcePolicy. Ref returns the ARN of the stream or consumer. */
export const resourcePolicy: ResourceType = {
  properties: { ResourceArn: createOnly(required(text)), ResourcePolicy: required(document) },
  attributes: [],
  identifier: "ResourceArn",
  async create(context, { properties }) {
    const { ResourceArn = "", ResourcePolicy } = properties;
    const Policy = textOfDocument(ResourcePolicy) ?? "";
    await context.operate("kinesis PutResourcePolicy", { ResourceARN: ResourceArn, Policy });
    return { physicalId: String(ResourceArn), attributes: {} };
  },
  async update(context, { physicalId: ResourceARN, attributes, after }) {
    const Policy = textOfDocument(after.properties.ResourcePolicy) ?? "";
    await context.operate("kinesis PutResourcePolicy", { ResourceARN, Policy });
    return { physicalId: ResourceARN, attributes };
  },
  async delete(context, { physicalId: ResourceARN }) {
    await context.operate("kinesis DeleteResourcePolicy", { ResourceARN });
  },
};
