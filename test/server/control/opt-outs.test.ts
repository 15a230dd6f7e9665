import { ListPhoneNumbersOptedOutCommand, OptInPhoneNumberCommand, SNSClient } from "@aws-sdk/client-sns";
import { expect, test } from "vitest";
import { createEmulator } from "../../../src/index.ts";

async function aServer() {
  const emulator = await createEmulator();
  return {
    post: (path: string) => fetch(`${emulator.endpoint}/_waystation/${path}`, { method: "POST" }),
    optedOut: async (accessKeyId = "test", region = "us-east-1") => {
      const credentials = { accessKeyId, secretAccessKey: "any" };
      const client = new SNSClient({ endpoint: emulator.endpoint, region, credentials });
      const { phoneNumbers } = await client.send(new ListPhoneNumbersOptedOutCommand({}));
      client.destroy();
      return phoneNumbers;
    },
    emulator,
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

test("a number opts out of an account and region, and can be opted in again", async () => {
  await using server = await aServer();
  expect((await server.post("opt-outs?number=%2B15551234567")).status).toBe(204);
  expect(await server.optedOut()).toEqual(["+15551234567"]);
  expect(await server.optedOut("111111111111")).toEqual([]);
  expect(await server.optedOut("test", "eu-west-1")).toEqual([]);
  const credentials = { accessKeyId: "test", secretAccessKey: "any" };
  const client = new SNSClient({ endpoint: server.emulator.endpoint, region: "us-east-1", credentials });
  await client.send(new OptInPhoneNumberCommand({ phoneNumber: "+15551234567" }));
  client.destroy();
  expect(await server.optedOut()).toEqual([]);
});

test("account and region can be named, and the plus sign left out or not escaped", async () => {
  await using server = await aServer();
  await server.post("opt-outs?number=15551234567&account=111111111111&region=eu-west-1");
  await server.post("opt-outs?number=+15557654321&account=111111111111&region=eu-west-1");
  expect(await server.optedOut("111111111111", "eu-west-1")).toEqual(["+15551234567", "+15557654321"]);
  expect(await server.optedOut()).toEqual([]);
});

test.for([
  ["", "The number is a phone number such as +15551234567."],
  ["?number=", "The number is a phone number such as +15551234567."],
  ["?number=STOP", "The number is a phone number such as +15551234567."],
  ["?number=0123", "The number is a phone number such as +15551234567."],
  ["?number=1234567890123456", "The number is a phone number such as +15551234567."],
  ["?number=15551234567&number=15551234568", "There can be one number only."],
  ["?number=15551234567&account=me", "An account id has 12 digits."],
] as const)("POST opt-outs%s is refused", async ([query, message]) => {
  await using server = await aServer();
  const response = await server.post(`opt-outs${query}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ message });
  expect(await server.optedOut()).toEqual([]);
});
