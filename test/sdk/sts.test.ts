import { expect, test } from "vitest";
import { anEmulator } from "../support/emulator.ts";
import { QueryClient } from "../support/query-client.ts";

const STS = { name: "sts", version: "2011-06-15" };

/** Asks without a signature, or with that of a key id and a region. */
async function whoAmI(endpoint: string, { keyId, region = "us-east-1" }: { keyId?: string; region?: string } = {}) {
  const Credential = `${keyId}/20250101/${region}/sts/aws4_request`;
  const Authorization = `AWS4-HMAC-SHA256 Credential=${Credential}, SignedHeaders=host, Signature=0`;
  const response = await fetch(`${endpoint}/?Action=GetCallerIdentity&Version=2011-06-15`, {
    method: "POST",
    ...(keyId === undefined ? {} : { headers: { Authorization } }),
  });
  return response.text();
}

test("a signed caller learns who it is, and has the user id that its messages are sent with", async () => {
  await using emulator = await anEmulator();
  const identity = await new QueryClient(STS, emulator.endpoint).call("GetCallerIdentity", {});
  expect(identity).toMatchObject({
    Arn: "arn:aws:iam::000000000000:user/waystation",
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    Account: "000000000000",
  });
  const sqs = new QueryClient({ name: "sqs", version: "2012-11-05" }, emulator.endpoint);
  const { QueueUrl } = await sqs.call("CreateQueue", { QueueName: "jobs" });
  await sqs.call("SendMessage", { QueueUrl: QueueUrl as string, MessageBody: "hello" });
  const received = await sqs.call("ReceiveMessage", { QueueUrl: QueueUrl as string, "AttributeName.1": "SenderId" });
  expect(received).toMatchObject({ Message: { Attribute: { Name: "SenderId", Value: identity.UserId } } });
});

test("account and partition are those of key id and region", async () => {
  await using emulator = await anEmulator();
  const answer = await whoAmI(emulator.endpoint, { keyId: "111111111111", region: "cn-north-1" });
  expect(answer).toContain("<Arn>arn:aws-cn:iam::111111111111:user/waystation</Arn>");
  expect(answer).toContain("<Account>111111111111</Account>");
});

test("the answer looks as AWS's does", async () => {
  await using emulator = await anEmulator({ account: "123456789012" });
  expect(await whoAmI(emulator.endpoint)).toMatch(
    new RegExp(
      [
        '^<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">',
        "  <GetCallerIdentityResult>",
        "    <Arn>arn:aws:iam::123456789012:user/waystation</Arn>",
        "    <UserId>AIDA[A-Z2-7]{17}</UserId>",
        "    <Account>123456789012</Account>",
        "  </GetCallerIdentityResult>",
        "  <ResponseMetadata>",
        "    <RequestId>[0-9a-f-]{36}</RequestId>",
        "  </ResponseMetadata>",
        "</GetCallerIdentityResponse>\n$",
      ].join("\n"),
    ),
  );
});

test("an operation that is not there is refused in STS's words, not taken for SQS's", async () => {
  await using emulator = await anEmulator();
  const sts = new QueryClient(STS, emulator.endpoint);
  await expect(sts.call("GetSessionToken", {})).rejects.toMatchObject({
    code: "InvalidAction",
    status: 400,
    message: "Could not find operation GetSessionToken for version 2011-06-15",
  });
  const response = await fetch(`${emulator.endpoint}/?Action=SendMessage&Version=2011-06-15`);
  expect(await response.text()).toContain("Could not find operation SendMessage for version 2011-06-15");
});

test("who accepts JSON gets the same in JSON, results and errors", async () => {
  await using emulator = await anEmulator();
  const ask = async (action: string) => {
    const headers = { Accept: "application/json" };
    return (await fetch(`${emulator.endpoint}/?Action=${action}&Version=2011-06-15`, { headers })).json();
  };
  expect(await ask("GetCallerIdentity")).toMatchObject({
    GetCallerIdentityResponse: {
      GetCallerIdentityResult: { Account: "000000000000" },
      ResponseMetadata: { RequestId: expect.any(String) },
    },
  });
  expect(await ask("GetSessionToken")).toMatchObject({ Error: { Code: "InvalidAction", Type: "Sender" } });
});
