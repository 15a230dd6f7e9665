import { blob, boolean, list, map, required, string, structure } from "../../model/shape.ts";
import { MAX_KEY_LENGTH, MAX_VALUE_LENGTH } from "../tags.ts";

/** Shapes that several operations share. */

/** A parameter that names a resource by its ARN. */
export const arn = string();

/** The ARN of a platform application. */
export const applicationArn = string();

/** The ARN of a platform endpoint. */
export const endpointArn = string();

/** The ARN of what is tagged. */
export const taggedArn = string({ min: 1, max: 1011 });

export const stringMap = map(string());

/** A map a request cannot do without; one without entries is not there. */
export const filledMap = { ...stringMap, min: 1 };

export const tagKey = string({ min: 1, max: MAX_KEY_LENGTH });

export const tagList = list(structure({ Key: required(tagKey), Value: required(string({ max: MAX_VALUE_LENGTH })) }));

export const topicArn = structure({ TopicArn: required(arn) });

export const attributesOutput = structure({ Attributes: stringMap });

/** Members in the order AWS shows them in, which is not the model's. */
export const subscriptionList = list(
  structure({
    TopicArn: string(),
    Protocol: string(),
    SubscriptionArn: string(),
    Owner: string(),
    Endpoint: string(),
  }),
);

export const messageAttributeMap = map(
  structure({ DataType: required(string()), StringValue: string(), BinaryValue: blob() }),
  { keyName: "Name", valueName: "Value" },
);

/** What Publish and an entry of PublishBatch have in common. */
export const messageMembers = {
  Message: required(string()),
  Subject: string(),
  MessageStructure: string(),
  MessageAttributes: messageAttributeMap,
  MessageDeduplicationId: string(),
  MessageGroupId: string(),
};

/** A number for the SMS sandbox. The model's own pattern, which lets short codes through as well. */
export const sandboxNumber = string({ max: 20, pattern: /^(\+[0-9]{8,}|[0-9]{0,9})$/ });

/** An entry of a batch that failed. */
export const batchResultErrorEntry = structure({
  Id: required(string()),
  Code: required(string()),
  Message: string(),
  SenderFault: required(boolean()),
});
