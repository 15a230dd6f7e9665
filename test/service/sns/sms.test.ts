import { describe, expect, test } from "vitest";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { START } from "../../support/service-call.ts";
import { aService, invalid, invalidParameter, missingValue } from "../../support/sns.ts";

// §11.5, §21

const NUMBER = "+15551234567";
const SCOPE = scopeOf("000000000000", "us-east-1");
const text = (StringValue: string) => ({ DataType: "String", StringValue });

describe("a message to a phone number", () => {
  test("is sent under the id its publisher is told", () => {
    const { publish, texts } = aService();
    const { MessageId, ...more } = publish({ PhoneNumber: NUMBER, Message: "hello" });
    expect(more).toEqual({});
    expect(texts).toEqual([
      {
        id: MessageId,
        scope: SCOPE,
        to: NUMBER,
        text: "hello",
        sentAt: START,
        senderId: undefined,
        smsType: "Promotional",
        attributes: undefined,
        isOptedOut: false,
      },
    ]);
  });

  test("is sent as the account says, or else as the message says", () => {
    const { call, publish, texts } = aService();
    call("SetSMSAttributes", { attributes: { DefaultSenderID: "shop", DefaultSMSType: "Transactional" } });
    publish({ PhoneNumber: NUMBER, Message: "one" });
    const MessageAttributes = { "AWS.SNS.SMS.SenderID": text("me"), "AWS.SNS.SMS.SMSType": text("Promotional") };
    publish({ PhoneNumber: NUMBER, Message: "two", MessageAttributes });
    expect(texts).toMatchObject([
      { senderId: "shop", smsType: "Transactional" },
      { senderId: "me", smsType: "Promotional" },
    ]);
  });

  test("takes the text for phones from a structure, which has a default", () => {
    const { failure, publish, texts } = aService();
    const message = (Message: string) => ({ PhoneNumber: NUMBER, Message, MessageStructure: "json" });
    publish(message('{"default":"all","sms":"phone"}'));
    publish(message('{"default":"all"}'));
    expect(texts.map((sent) => sent.text)).toEqual(["phone", "all"]);
    expect(failure("Publish", message('{"sms":"phone"}'))).toEqual(
      invalid("Message Structure - No default entry in JSON message body"),
    );
  });

  test.for(["+1a234", "NAA+15551234567", "", "+", "+0123", "+1234567890123456"])("cannot go to '%s'", (PhoneNumber) => {
    const { failure } = aService();
    expect(failure("Publish", { PhoneNumber, Message: "x" })).toEqual(
      invalid(`PhoneNumber Reason: ${PhoneNumber} is not valid to publish to`),
    );
  });

  test.for(["+15551234567", "15551234567", "+123456789012345"])("can go to %s", (PhoneNumber) => {
    const { publish, texts } = aService();
    publish({ PhoneNumber, Message: "x" });
    expect(texts).toMatchObject([{ to: PhoneNumber }]);
  });

  test("has 1600 characters at most", () => {
    const { failure, publish } = aService();
    expect(publish({ PhoneNumber: NUMBER, Message: "x".repeat(1600) })).toHaveProperty("MessageId");
    expect(failure("Publish", { PhoneNumber: NUMBER, Message: "x".repeat(1601) })).toEqual(invalid("Message too long"));
  });

  test("has the limit of a message to a topic, attributes included", () => {
    const { failure, publish } = aService();
    const message = (bytes: number) => ({
      PhoneNumber: NUMBER,
      Message: "x",
      MessageAttributes: { a: text("v".repeat(bytes - "xaString".length)) },
    });
    expect(publish(message(262_144))).toHaveProperty("MessageId");
    expect(failure("Publish", message(262_145))).toEqual(invalid("Message too long"));
  });

  test("is accepted for a number that opted out, and marked", () => {
    const { publish, sms, texts } = aService();
    sms.in(SCOPE).optOut(NUMBER);
    expect(publish({ PhoneNumber: NUMBER, Message: "x" })).toHaveProperty("MessageId");
    expect(texts).toMatchObject([{ isOptedOut: true }]);
  });
});

describe("SMS attributes", () => {
  test("a new account may spend one dollar", () => {
    const { call } = aService();
    expect(call("GetSMSAttributes", {})).toEqual({ attributes: { MonthlySpendLimit: "1" } });
  });

  test("what is set is shown, all of it or what is asked for", () => {
    const { call } = aService();
    const attributes = {
      MonthlySpendLimit: "5",
      DeliveryStatusIAMRole: "arn:aws:iam::000000000000:role/r",
      DeliveryStatusSuccessSamplingRate: "100",
      DefaultSenderID: "mySender1",
      DefaultSMSType: "Transactional",
      UsageReportS3Bucket: "bucket",
    };
    expect(call("SetSMSAttributes", { attributes })).toEqual({});
    expect(call("GetSMSAttributes", {})).toEqual({ attributes });
    expect(call("GetSMSAttributes", { attributes: [] })).toEqual({ attributes });
    expect(call("GetSMSAttributes", { attributes: ["DefaultSMSType", "Nonsense"] })).toEqual({
      attributes: { DefaultSMSType: "Transactional" },
    });
    call("SetSMSAttributes", { attributes: { DefaultSenderID: "" } });
    expect(call("GetSMSAttributes", { attributes: ["DefaultSenderID"] })).toEqual({ attributes: {} });
  });

  test("they are those of an account and region", () => {
    const { call } = aService();
    call("SetSMSAttributes", { attributes: { DefaultSMSType: "Transactional" } });
    for (const options of [{ region: "eu-west-1" }, { account: "111111111111" }]) {
      expect(call("GetSMSAttributes", {}, options)).toEqual({ attributes: { MonthlySpendLimit: "1" } });
    }
  });

  test.for(["InvalidAttribute", "DefaultSendID", "constructor"])("%s is none", (name) => {
    const { call, failure } = aService();
    // AWS: without the words all other texts begin with.
    expect(failure("SetSMSAttributes", { attributes: { DefaultSMSType: "Transactional", [name]: "x" } })).toEqual(
      invalidParameter(`${name} is not a valid attribute`),
    );
    expect(call("GetSMSAttributes", {})).toEqual({ attributes: { MonthlySpendLimit: "1" } });
  });

  test.for([
    ["DefaultSMSType", "invalidType"],
    ["DefaultSMSType", "transactional"],
    ["DefaultSenderID", "12345678901"],
    ["DefaultSenderID", "twelveletters"],
    ["DefaultSenderID", "my-id"],
    ["DeliveryStatusSuccessSamplingRate", "101"],
    ["DeliveryStatusIAMRole", "nobody"],
    ["MonthlySpendLimit", "much"],
  ] as const)("%s cannot be %s", ([name, value]) => {
    const { failure } = aService();
    expect(failure("SetSMSAttributes", { attributes: { [name]: value } })).toEqual(
      invalidParameter(`${name} is invalid`),
    );
  });
});

describe("opting out", () => {
  test("shows until the number opts in again", () => {
    const { call, sms } = aService();
    sms.in(SCOPE).optOut(NUMBER);
    expect(call("CheckIfPhoneNumberIsOptedOut", { phoneNumber: NUMBER })).toEqual({ isOptedOut: true });
    expect(call("ListPhoneNumbersOptedOut", {})).toEqual({ phoneNumbers: [NUMBER] });
    expect(call("OptInPhoneNumber", { phoneNumber: NUMBER })).toEqual({});
    expect(call("CheckIfPhoneNumberIsOptedOut", { phoneNumber: NUMBER })).toEqual({ isOptedOut: false });
    expect(call("ListPhoneNumbersOptedOut", {})).toEqual({ phoneNumbers: [] });
  });

  test("a number that never did can opt in", () => {
    const { call } = aService();
    expect(call("OptInPhoneNumber", { phoneNumber: NUMBER })).toEqual({});
  });

  test("is listed by the hundred", () => {
    const { call, sms } = aService();
    for (let index = 0; index < 101; index++) sms.in(SCOPE).optOut(`+1555000${1000 + index}`);
    const first = call("ListPhoneNumbersOptedOut", {}) as { phoneNumbers: string[]; nextToken: string };
    expect(first.phoneNumbers).toHaveLength(100);
    expect(call("ListPhoneNumbersOptedOut", { nextToken: first.nextToken })).toEqual({
      phoneNumbers: ["+15550001100"],
    });
  });

  test.for(["CheckIfPhoneNumberIsOptedOut", "OptInPhoneNumber"])("%s wants a number", (operation) => {
    const { failure } = aService();
    for (const phoneNumber of ["NAA+15551234567", "+1a234", ""]) {
      expect(failure(operation, { phoneNumber })).toEqual(invalid("PhoneNumber Reason: input incorrectly formatted"));
    }
    expect(failure(operation, {})).toEqual(missingValue("phoneNumber"));
  });
});

test("origination numbers come thirty at most, under a code of their own", () => {
  const { call, failure } = aService();
  expect(call("ListOriginationNumbers", { MaxResults: 1 })).toEqual({ PhoneNumbers: [] });
  expect(call("ListOriginationNumbers", { MaxResults: 30 })).toEqual({ PhoneNumbers: [] });
  for (const MaxResults of [0, 31]) {
    expect(failure("ListOriginationNumbers", { MaxResults })).toMatchObject({
      code: "ValidationException",
      status: 400,
    });
  }
});
