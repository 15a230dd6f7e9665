import { expect, test } from "vitest";
import { isNumberValue } from "../../../../src/service/number-value.ts";
import { aService, invalidParameter } from "../../../support/sqs.ts";

// §6

const text = (StringValue: string, DataType = "String") => ({ StringValue, DataType });
const bytes = (...values: readonly number[]) => ({ BinaryValue: Uint8Array.from(values), DataType: "Binary.png" });

const all = { General: text("Kenobi"), Hello: text("There"), "Help.Me": text("Me") };

test.for<[attributes: object, digest: string]>([
  [all, "4c360f3fdafd970e05fae2f149d997f5"],
  [{ "Help.Me": text("Me"), Hello: text("There"), General: text("Kenobi") }, "4c360f3fdafd970e05fae2f149d997f5"],
  [{ General: text("Kenobi"), Hello: text("There") }, "fca026605781cb4126a1e9044df24232"],
  [{ Hello: text("There") }, "a311262e065454b75da111d535b8dacd"],
  [{ Hello: text("There"), "Help.Me": text("Me") }, "83fee93c1bcd8b9a5a923ffacdc636c7"],
  [{ n: text("001.50", "Number") }, "7634c7ab8862d3187f6de846810a5c50"],
  [{ b: bytes(0x00, 0xff) }, "8544a4a7ae2da55eae99062a5441ed51"],
])("the attributes %j have the digest %s", ([MessageAttributes, digest]) => {
  const { createQueue, send } = aService();
  expect(send(createQueue("orders"), "hello", { MessageAttributes }).MD5OfMessageAttributes).toBe(digest);
});

test("a message without attributes has no digest of them", () => {
  const { createQueue, send } = aService();
  expect(send(createQueue("orders"), "hello", { MessageAttributes: {} }).MD5OfMessageAttributes).toBeUndefined();
});

// Recorded against a message with General, Hello and Help.Me.
test.for<[names: readonly string[] | undefined, returned: readonly string[], digest: string | undefined]>([
  [undefined, [], undefined],
  [[], [], undefined],
  [["All"], ["General", "Hello", "Help.Me"], "4c360f3fdafd970e05fae2f149d997f5"],
  [[".*"], ["General", "Hello", "Help.Me"], "4c360f3fdafd970e05fae2f149d997f5"],
  [["*"], ["General", "Hello", "Help.Me"], "4c360f3fdafd970e05fae2f149d997f5"],
  [["Foo", "All"], ["General", "Hello", "Help.Me"], "4c360f3fdafd970e05fae2f149d997f5"],
  [["Hello", "General"], ["General", "Hello"], "fca026605781cb4126a1e9044df24232"],
  [["Foo", "Hello"], ["Hello"], "a311262e065454b75da111d535b8dacd"],
  [["Foo", "Help"], [], undefined],
  [["Hel.*"], ["Hello", "Help.Me"], "83fee93c1bcd8b9a5a923ffacdc636c7"],
  [["AWS."], [], undefined],
  [["..foo"], [], undefined],
  [["hello"], [], undefined],
])("the names %j return %j", ([MessageAttributeNames, returned, digest]) => {
  const { createQueue, send, receive } = aService();
  const url = createQueue("orders");
  send(url, "hello", { MessageAttributes: all });
  const [message] = receive(url, { MessageAttributeNames });
  expect(Object.keys(message?.MessageAttributes ?? {}).sort()).toEqual(returned);
  expect(message?.MD5OfMessageAttributes).toBe(digest);
});

test("a value comes back with its type and in its one field", () => {
  const { createQueue, send, receive } = aService();
  const url = createQueue("orders");
  const MessageAttributes = {
    t: { ...text("é", "String.utf8"), BinaryValue: Uint8Array.of(1), StringListValues: [] },
    n: text("001.50", "Number"),
    b: { ...bytes(0, 255), StringValue: "ignored" },
  };
  send(url, "hello", { MessageAttributes });
  expect(receive(url, { MessageAttributeNames: ["All"] })[0]?.MessageAttributes).toStrictEqual({
    t: { StringValue: "é", DataType: "String.utf8" },
    n: { StringValue: "001.50", DataType: "Number" },
    b: { BinaryValue: Uint8Array.of(0, 255), DataType: "Binary.png" },
  });
});

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, text("x")]));

test.for<[title: string, attributes: object]>([
  ["ten of them", many(10)],
  ["a name of one character", { x: text("x") }],
  ["a name of 256 characters", { ["x".repeat(256)]: text("x") }],
  ["any character allowed in names", { "A-z_0.9": text("x") }],
  ["accented Latin letters in its name", { öther_encodings: text("x") }],
  ["a name that only contains a reserved one", { "my.AWS.name": text("x"), AWSome: text("x") }],
  [
    "the names of built-in members",
    { constructor: text("x"), ...(JSON.parse('{"__proto__":{"StringValue":"x","DataType":"String"}}') as object) },
  ],
  ["a type of 256 characters", { a: text("x", `String.${"x".repeat(249)}`) }],
  ["any character allowed in texts", { a: text("\t\n\r 😀\ufffd") }],
])("a message can have attributes with %s", ([, MessageAttributes]) => {
  const { createQueue, send, receive } = aService();
  const url = createQueue("orders");
  send(url, "hello", { MessageAttributes });
  const received = receive(url, { MessageAttributeNames: ["All"] })[0]?.MessageAttributes;
  expect(Object.keys(received ?? {}).sort()).toEqual(Object.keys(MessageAttributes).sort());
});

const CHARACTERS =
  "Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. ";
const RESERVED =
  "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.'.";
const emptyValue = (type: string): string =>
  `Message (user) attribute 'a' must contain a non-empty value of type '${type}'.`;
const TYPE =
  "The type of message (user) attribute 'a' is invalid. You must use only the following supported type prefixes: Binary, Number, String.";
const NO_TYPE = "The message attribute 'a' must contain non-empty message attribute type.";
const ALLOWED =
  "the set of allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].";

const refused: readonly [title: string, attributes: object, message: string][] = [
  ["eleven of them", many(11), "Number of message attributes [11] exceeds the allowed maximum [10]."],
  ["an empty name", { "": text("x") }, "The request must contain non-empty message attribute name."],
  [
    "a name of 257 characters",
    { ["x".repeat(257)]: text("x") },
    "Message (user) attribute names must be shorter than 256 Bytes",
  ],
  ["a blank in its name", { "a b": text("x") }, CHARACTERS],
  ["a sign in its name", { "a#": text("x") }, CHARACTERS],
  ["letters that are not Latin in its name", { 日本: text("x") }, CHARACTERS],
  ["a name that begins with AWS.", { "AWS.a": text("x") }, RESERVED],
  ["a name that begins with aws.", { "aws.a": text("x") }, RESERVED],
  ["a name that begins with Amazon.", { "Amazon.a": text("x") }, RESERVED],
  ["a name that begins with a period", { ".a": text("x") }, RESERVED],
  ["a name that ends with a period", { "a.": text("x") }, RESERVED],
  ["a name with two periods in a row", { "a..b": text("x") }, RESERVED],
  ["an empty text", { a: text("") }, emptyValue("String")],
  ["no text", { a: { DataType: "String" } }, emptyValue("String")],
  ["bytes in place of a text", { a: { BinaryValue: Uint8Array.of(1), DataType: "String.x" } }, emptyValue("String")],
  ["an empty number", { a: text("", "Number") }, emptyValue("Number")],
  ["no bytes", { a: { BinaryValue: new Uint8Array(0), DataType: "Binary" } }, emptyValue("Binary")],
  ["a text in place of bytes", { a: text("x", "Binary") }, emptyValue("Binary")],
  ["no type", { a: { StringValue: "x" } }, NO_TYPE],
  ["an empty type", { a: text("x", "") }, NO_TYPE],
  ["another type", { a: text("x", "Boolean") }, TYPE],
  ["a type in lower case", { a: text("x", "string") }, TYPE],
  ["a type that only begins like one", { a: text("x", "Strings") }, TYPE],
  [
    "a type of 257 characters",
    { a: text("x", `String.${"x".repeat(250)}`) },
    "Message (user) attribute types must be shorter than 256 Bytes",
  ],
  [
    "a number that is none",
    { a: text("many", "Number.int") },
    "Can't cast the value of message (user) attribute 'a' to a number.",
  ],
  [
    "a character no text may have",
    { a: text("x\u0007") },
    `Invalid binary character '#x7' was found in the message attribute 'a', ${ALLOWED}`,
  ],
  [
    "a character in its type that no text may have",
    { a: text("x", "String.\uFFFE") },
    `Invalid binary character '#xFFFE' was found in the message attribute 'a', ${ALLOWED}`,
  ],
  [
    "half a character in the type of a number",
    { a: text("1", "Number.\uD83D") },
    `Invalid binary character '#xD83D' was found in the message attribute 'a', ${ALLOWED}`,
  ],
  [
    "a control character in the type of bytes",
    { a: { BinaryValue: Uint8Array.of(1), DataType: "Binary.\u0001" } },
    `Invalid binary character '#x1' was found in the message attribute 'a', ${ALLOWED}`,
  ],
];

test.for(refused)("a message cannot have attributes with %s", ([, MessageAttributes, message]) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("SendMessage", { QueueUrl, MessageBody: "hello", MessageAttributes })).toEqual(
    invalidParameter(message),
  );
});

test.for(refused)("in a batch, attributes with %s fail their entry alone", ([, MessageAttributes, Message]) => {
  const { createQueue, call } = aService();
  const Entries = [
    { Id: "bad", MessageBody: "hello", MessageAttributes },
    { Id: "good", MessageBody: "hello" },
  ];
  expect(call("SendMessageBatch", { QueueUrl: createQueue("orders"), Entries })).toMatchObject({
    Successful: [{ Id: "good" }],
    Failed: [{ Id: "bad", SenderFault: true, Code: "InvalidParameterValue", Message }],
  });
});

test.for([
  "0",
  "-0",
  "000",
  "1",
  "+1",
  "-1",
  "1.",
  ".5",
  "001.50",
  "1e5",
  "1E+5",
  "1.5e-5",
  "9".repeat(38),
  `${"9".repeat(38)}000`,
  `0.000${"9".repeat(38)}`,
  `1${"0".repeat(126)}`,
  "1e126",
  "9.99e125",
  "1e-128",
  `0.${"0".repeat(127)}1`,
])("%s is a number", (value) => {
  expect(isNumberValue(value)).toBe(true);
});

test.for([
  "",
  ".",
  "+",
  "e5",
  "1e",
  "1,5",
  "1 000",
  " 1",
  "0x10",
  "1.2.3",
  "NaN",
  "Infinity",
  "9".repeat(39),
  `1${"0".repeat(37)}1`,
  "1.1e126",
  "2e126",
  "1e127",
  "9.99e-129",
  `0.${"0".repeat(128)}1`,
  "1e99999999999999999999",
])("%s is no number", (value) => {
  expect(isNumberValue(value)).toBe(false);
});

test.for(["1", "0", "10", ".0", "1x"])("a number may be any text however long, such as 1 and many times %j", (part) => {
  expect(isNumberValue(`1${part.repeat(500_000)}1x`)).toBe(false);
});
