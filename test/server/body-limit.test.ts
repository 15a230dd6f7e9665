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
const json = { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessage" };

test.for([
  ["JSON to SQS", json, "{", 12],
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
