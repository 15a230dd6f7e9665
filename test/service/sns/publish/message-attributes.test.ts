import { expect, test } from "vitest";
import type { NotificationDelivery } from "../../../../src/engine/topic/delivery.ts";
import { aService, nullAt, QUEUE_ARN, validationError } from "../../../support/sns.ts";

// §13

type Attribute = Readonly<Record<string, unknown>>;

function aTopic() {
  const service = aService();
  const TopicArn = service.createTopic("orders");
  service.subscribe(TopicArn, "sqs", QUEUE_ARN);
  return { ...service, TopicArn };
}

/** The attributes a subscriber gets. */
function delivered(MessageAttributes: Readonly<Record<string, Attribute>>) {
  const { deliveries, publish, TopicArn } = aTopic();
  publish({ TopicArn, Message: "x", MessageAttributes });
  return (deliveries[0] as NotificationDelivery).notification.content.attributes;
}

function refusal(MessageAttributes: Readonly<Record<string, Attribute>>) {
  const { failure, TopicArn } = aTopic();
  return failure("Publish", { TopicArn, Message: "x", MessageAttributes });
}

const refused = (message: string) => ({ code: "ParameterValueInvalid", status: 400, message });
const text = (StringValue: string, DataType = "String") => ({ DataType, StringValue });
const bytes = (BinaryValue: Uint8Array, DataType = "Binary") => ({ DataType, BinaryValue });

test.for<[title: string, attribute: Attribute]>([
  ["a text", text("hello")],
  ["a text of a type of one's own", text("hello", "String.prefixed")],
  ["a type whose label is strange", text("hello", "String.  prefixed.")],
  ["a list", text('["a",1,true,null]', "String.Array")],
  ["a list that is none", text("[", "String.Array")],
  ["a number", text("99.12", "Number")],
  ["a number of a type of one's own", text("-1e3", "Number.int")],
  ["bytes", bytes(Buffer.of(2, 3, 4))],
  ["bytes of a type of one's own", bytes(Buffer.of(0), "Binary.gif")],
  ["accented letters", text("é日")],
  ["line breaks", text("a\n\tb")],
])("an attribute can be %s", ([, attribute]) => {
  expect(delivered({ attr1: attribute })).toEqual({
    attr1: { dataType: attribute.DataType, value: attribute.StringValue ?? attribute.BinaryValue },
  });
});

test("a value that does not go with the type is left out", () => {
  expect(delivered({ attr1: { ...text("a"), BinaryValue: Buffer.of(1) } })).toEqual({
    attr1: { dataType: "String", value: "a" },
  });
});

test("a message can have more than ten attributes", () => {
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, text("x")]));
  expect(Object.keys(delivered(many) ?? {})).toHaveLength(11);
});

test("a message without attributes has none", () => {
  expect(delivered({})).toBeUndefined();
});

const empty = (type: string) =>
  refused(
    `The message attribute 'attr1' must contain non-empty message attribute value for message attribute type '${type}'.`,
  );
const badType = refused(
  "The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
);
const field = (type: string, name: string) =>
  refused(`The message attribute 'attr1' with type '${type}' must use field '${name}'.`);

test.for<[attribute: Attribute, expected: object]>([
  [{ DataType: "String" }, empty("String")],
  [text(""), empty("String")],
  [text("", "String.x"), empty("String.x")],
  [text("", "Number"), empty("Number")],
  [{ DataType: "Binary" }, empty("Binary")],
  [bytes(Buffer.alloc(0)), empty("Binary")],
  [bytes(Buffer.of(1), "String"), field("String", "String")],
  [bytes(Buffer.of(1), "Number"), field("Number", "String")],
  [text("x", "Binary"), field("Binary", "Binary")],
  [text("x", "Binary.gif"), field("Binary.gif", "Binary")],
  [text("x", ""), badType],
  [text("x", "Unsupported"), badType],
  [text("x", "String."), badType],
  [text("x", "Stringprefixed"), badType],
  [text("x", "string"), badType],
  [text("x", "Boolean"), badType],
  [text("ten", "Number"), refused("Could not cast message attribute 'attr1' value to number.")],
  [text("1,5", "Number"), refused("Could not cast message attribute 'attr1' value to number.")],
  [text("a😀"), refused("Invalid attribute value was passed in for message attribute 'attr1'.")],
])("%o cannot be published", ([attribute, expected]) => {
  expect(refusal({ attr1: attribute })).toEqual(expected);
});

test("an attribute without a type is the validator's, whatever else is wrong", () => {
  expect(refusal({ attr1: { StringValue: "x" } })).toEqual(
    validationError(nullAt("messageAttributes.attr1.member.dataType")),
  );
  const { failure } = aService();
  expect(
    failure("Publish", { Message: "x", MessageAttributes: { a: {}, b: text("x"), "c.d": { StringValue: "x" } } }),
  ).toEqual(
    validationError(nullAt("messageAttributes.a.member.dataType"), nullAt("messageAttributes.c.d.member.dataType")),
  );
});

test.for(["a", "A-z_0.9", "x".repeat(256), "__proto__", "constructor", "AWSx", "aws", "myAWS.x"])(
  "an attribute can be called %s",
  (name) => {
    expect(Object.keys(delivered(Object.fromEntries([[name, text("v")]])) ?? {})).toEqual([name]);
  },
);

test.for([
  "AWS.SNS.SMS.SenderID",
  "AWS.SNS.SMS.SMSType",
  "AWS.SNS.SMS.MaxPrice",
  "AWS.MM.SMS.OriginationNumber",
  "AWS.SNS.MOBILE.APNS.TTL",
  "AWS.SNS.MOBILE.APNS.PUSH_TYPE",
])("%s is a name SNS reads itself", (name) => {
  expect(Object.keys(delivered({ [name]: text("1") }) ?? {})).toEqual([name]);
});

const badCharacter = (code: string) =>
  refused(
    `Invalid non-alphanumeric character '${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
  );

test.for<[name: string, expected: object]>([
  ["x".repeat(257), refused("Length of message attribute name must be less than 256 bytes.")],
  ["é".repeat(129), refused("Length of message attribute name must be less than 256 bytes.")],
  ["a^b", badCharacter("#x5E")],
  ["a b", badCharacter("#x20")],
  ["é", badCharacter("#xE9")],
  ["😀", badCharacter("#x1F600")],
  [".a", refused("Invalid message attribute name starting with character '.' was found.")],
  ["a.", refused("Invalid message attribute name ending with character '.' was found.")],
  ["a..b", refused("Message attribute name can not have successive '.' character.")],
  [".", refused("Invalid message attribute name starting with character '.' was found.")],
])("an attribute cannot be called '%s'", ([name, expected]) => {
  expect(refusal({ [name]: text("v") })).toEqual(expected);
});

test.for(["", "AWS.x", "aws.x", "Amazon.x", "AMAZON.x", "AWS.SNS.other"])(
  "an attribute cannot be called '%s' either",
  (name) => {
    expect(refusal({ [name]: text("v") })).toMatchObject({ code: "ParameterValueInvalid", status: 400 });
  },
);

test("a name that cannot be is told before a type that cannot be, and the first attribute first", () => {
  expect(refusal({ "a^": text("x", "Nonsense") })).toEqual(badCharacter("#x5E"));
  expect(refusal({ attr1: text("x", "Nonsense"), "a^": text("x") })).toEqual(badType);
});
