import type { JsonMap } from "../../template/value.ts";
import { type Attributes, attributesOf, changedAttributes } from "../attributes.ts";
import { textOfDocument } from "../document.ts";
import { createOnly, document, flag, required, text } from "../property.ts";
import type { ResourceContext, ResourceType } from "../resource-type.ts";

/** The properties that are attributes of the subscription, in the order in which they can be set. */
const ATTRIBUTES = {
  FilterPolicyScope: text,
  FilterPolicy: document,
  DeliveryPolicy: document,
  RawMessageDelivery: flag,
  RedrivePolicy: document,
  SubscriptionRoleArn: text,
  ReplayPolicy: document,
};

/** What stands for a property that is taken out of a template. */
const WHEN_REMOVED: Attributes = {
  FilterPolicy: "{}",
  FilterPolicyScope: "MessageAttributes",
  DeliveryPolicy: "{}",
  RawMessageDelivery: "false",
  RedrivePolicy: "",
};

/** AWS::SNS::Subscription. Ref returns its ARN. */
export const subscription: ResourceType = {
  properties: {
    TopicArn: createOnly(required(text)),
    Protocol: createOnly(required(text)),
    Endpoint: createOnly(text),
    Region: { ...text, replaces: "sometimes" },
    ...ATTRIBUTES,
  },
  attributes: ["Arn"],
  identifier: "Arn",
  async create(context, { properties }) {
    const { TopicArn = "", Protocol = "", Endpoint } = properties;
    const input = {
      TopicArn,
      Protocol,
      ...(Endpoint !== undefined && { Endpoint }),
      Attributes: attributesIn(properties),
      ReturnSubscriptionArn: true,
    };
    const { SubscriptionArn } = await context.operate("sns Subscribe", input, regionOf(context, properties));
    const physicalId = String(SubscriptionArn);
    return { physicalId, attributes: { Arn: physicalId } };
  },
  async update(context, { physicalId: SubscriptionArn, attributes, before, after }) {
    const region = regionOf(context, after.properties);
    const changed = changedAttributes(attributesIn(before.properties), attributesIn(after.properties), WHEN_REMOVED);
    for (const AttributeName of Object.keys(ATTRIBUTES)) {
      const value = changed[AttributeName];
      if (value === undefined) continue;
      // AWS: no value takes a dead-letter queue away, the empty text is none.
      const AttributeValue = value === "" ? {} : { AttributeValue: value };
      await context.operate(
        "sns SetSubscriptionAttributes",
        { SubscriptionArn, AttributeName, ...AttributeValue },
        region,
      );
    }
    return { physicalId: SubscriptionArn, attributes };
  },
  async delete(context, { physicalId: SubscriptionArn, properties }) {
    await context.operate("sns Unsubscribe", { SubscriptionArn }, regionOf(context, properties));
  },
};

function attributesIn(properties: JsonMap): Attributes {
  return attributesOf(properties, Object.keys(ATTRIBUTES));
}

/** AWS: the topic's region, when its stack lives elsewhere. */
function regionOf({ scope }: ResourceContext, { Region }: JsonMap): string {
  return textOfDocument(Region) ?? scope.region;
}
