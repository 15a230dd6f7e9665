import { expect, test } from "vitest";
import { createEmulator } from "../../src/index.ts";

const MIB = 1024 * 1024;

/** Answers a request of so many bytes. */
async function answerTo(endpoint: string, headers: Record<string, string>, start: string, bytes: number) {
  const response = await fetch(endpoint, { method: "POST", headers, body: start.padEnd(bytes, "a") });
  return { status: response.status, text: await response.text() };
}

function signedFor(service: string): Record<string, string> {
  const credential = `AKIDEXAMPLE/20260101/us-east-1/${service}/aws4_request`;
  return {
    Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${"0".repeat(64)}`,
  };
}

const form = { "Content-Type": "application/x-www-form-urlencoded" };
const kinesisJson = {
  "Content-Type": "application/x-amz-json-1.1",
  ...signedFor("kinesis"),
  "X-Amz-Date": "20260101T000000Z",
};
const json = { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessage" };

test.for([
  ["a form to SQS", { ...form, ...signedFor("sqs") }, "Action=SendMessage&Version=2012-11-05&x=", 12],
  ["a form to SNS", { ...form, ...signedFor("sns") }, "Action=Publish&Version=2010-03-31&x=", 8],
] as const)(
  "%s that is larger than any of its requests is refused before it is read",
  async ([, headers, start, limit]) => {
    await using emulator = await createEmulator();
    const taken = await answerTo(emulator.endpoint, headers, start, limit * MIB);
    expect(taken.status).toBe(400);
    const refused = await answerTo(emulator.endpoint, headers, start, limit * MIB + 1);
    expect(refused.status).toBe(413);
    expect(refused.text).toContain("RequestEntityTooLarge");
  },
);

test.for([
  ["SendMessage", "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes."],
  ["SendMessageBatch", "Batch requests cannot be longer than 1048576 bytes. You have sent 6815745 bytes."],
] as const)(
  "a document that is too long for any message is refused as one by %s, and is not read",
  async ([operation, message]) => {
    await using emulator = await createEmulator();
    const headers = { ...json, "X-Amz-Target": `AmazonSQS.${operation}` };
    const taken = await answerTo(emulator.endpoint, headers, "{", 6.5 * MIB);
    expect(taken.text).toContain("SerializationException");
    const refused = await answerTo(emulator.endpoint, headers, "{", 6.5 * MIB + 1);
    expect([refused.status, JSON.parse(refused.text).message]).toEqual([400, message]);
  },
);

test.for([
  ["SQS", { ...json, "X-Amz-Target": "AmazonSQS.CreateQueue" }, 6.5],
  ["Kinesis", { ...kinesisJson, "X-Amz-Target": "Kinesis_20131202.ListShards" }, 7],
] as const)(
  "a document that is longer than any other of %s is refused before it is read",
  async ([, headers, limit]) => {
    await using emulator = await createEmulator();
    const taken = await answerTo(emulator.endpoint, headers, "{", limit * MIB);
    expect([taken.status, taken.text]).toEqual([400, expect.stringContaining("SerializationException")]);
    const refused = await answerTo(emulator.endpoint, headers, "{", limit * MIB + 1);
    expect(refused.status).toBe(413);
  },
);

test("the largest put of base64 is read, as much text beyond ASCII is not", async () => {
  await using emulator = await createEmulator();
  const headers = { ...kinesisJson, "X-Amz-Target": "Kinesis_20131202.PutRecord" };
  const record = (key: string) => `{"StreamName":"none","PartitionKey":"${key}","Data":"${"a".repeat(13 * MIB)}"}`;
  const ask = async (body: string) => (await fetch(emulator.endpoint, { method: "POST", headers, body })).status;
  expect(await ask(record("é"))).toBe(400);
  expect(await ask(record("é".repeat(1.1 * MIB)))).toBe(413);
});
