import {
  CreateSMSSandboxPhoneNumberCommand,
  SubscribeCommand,
  VerifySMSSandboxPhoneNumberCommand,
} from "@aws-sdk/client-sns";
import { expect, test } from "vitest";
import { createEmulator, type Emulator } from "../../src/app/emulator.ts";
import { ACCOUNT, arnOf, clientsOf, control, fillEveryService, wireOf } from "./every-service.ts";

const PASSWORD = 'correct "horse" battery';
const NUMBER = "+15550001111";
const TEMPLATE = {
  Parameters: { Password: { Type: "String", NoEcho: true }, Name: { Type: "String", Default: "with-a-secret" } },
  Resources: {
    Jobs: {
      Type: "AWS::SQS::Queue",
      Properties: { QueueName: { Ref: "Name" }, Tags: [{ Key: "p", Value: { Ref: "Password" } }] },
    },
    Handle: {
      Type: "AWS::CloudFormation::WaitConditionHandle",
      Properties: { hint: { "Fn::Join": [":", ["u", { Ref: "Password" }, "h"]] } },
    },
  },
};

/** Something of everything that is secret. */
async function fillWithSecrets(emulator: Emulator): Promise<void> {
  emulator.clock(ACCOUNT).freeze();
  await fillEveryService(emulator, { largeBytes: 100 });
  const { json, cloudFormation } = wireOf(emulator);
  const { sns } = clientsOf(emulator);
  await json("ssm", "AmazonSSM.PutParameter", { Name: "/db/password", Value: "hunter2hunter2", Type: "SecureString" });
  await json("ssm", "AmazonSSM.PutParameter", { Name: "/db/host", Value: "db.example.com", Type: "String" });
  const TopicArn = arnOf("sns", "news");
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint: "http://me:sesame@127.0.0.1:9/hook" }));
  await sns.send(new CreateSMSSandboxPhoneNumberCommand({ PhoneNumber: NUMBER }));
  await cloudFormation("CreateStack", {
    StackName: "secretive",
    TemplateBody: JSON.stringify({ Parameters: TEMPLATE.Parameters, Resources: { Handle: TEMPLATE.Resources.Handle } }),
    "Parameters.member.1.ParameterKey": "Password",
    "Parameters.member.1.ParameterValue": PASSWORD,
  });
  await cloudFormation("CreateChangeSet", {
    StackName: "secretive",
    ChangeSetName: "change",
    TemplateBody: JSON.stringify(TEMPLATE),
    "Parameters.member.1.ParameterKey": "Password",
    "Parameters.member.1.ParameterValue": PASSWORD,
  });
}

const documentOf = (emulator: Emulator, query = "") => control(emulator, "GET", `snapshots/document${query}`);
const linesOf = (document: string) => document.trimEnd().split("\n").slice(1);

async function codeSentTo(emulator: Emulator): Promise<string> {
  const { messages } = JSON.parse(await control(emulator, "GET", `outbox?account=${ACCOUNT}`));
  const sent = messages.find(({ to }: { readonly to: string }) => to === NUMBER);
  return /\d{6}$/.exec(sent.body)?.[0] ?? "";
}

async function linkSent(emulator: Emulator): Promise<string> {
  const { messages } = JSON.parse(await control(emulator, "GET", `outbox?account=${ACCOUNT}`));
  const sent = messages.find(({ type }: { readonly type: string }) => type === "SubscriptionConfirmation");
  return new URL(JSON.parse(sent.body).SubscribeURL).search;
}

test("a document holds no secrets unless they are wanted, and what is left out is there under its name", async () => {
  await using emulator = await createEmulator();
  await fillWithSecrets(emulator);
  const whole = await documentOf(emulator, "?withSecrets=true");
  const tokens = new Set([...whole.matchAll(/"token":"([0-9a-f]{288})"/g)].map(([, token = ""]) => token));
  const escaped = JSON.stringify(PASSWORD).slice(1, -1);
  const code = await codeSentTo(emulator);
  const codes = [`"oneTimePassword":"${code}"`, `verification code is ${code}`];
  const secrets = ["hunter2hunter2", ":sesame@", escaped, ...codes, ...tokens];
  expect(tokens.size).toBe(4);
  for (const secret of secrets) expect(whole).toContain(secret);
  const document = await documentOf(emulator);
  for (const secret of [...secrets, PASSWORD, "horse"]) expect(document).not.toContain(secret);
  expect(document.split("\n", 1)[0]).toContain('"secrets":"left out"');
  expect(linesOf(document)).toHaveLength(linesOf(whole).length);
  expect(linesOf(document).find((line) => line.includes("/db/password"))).toContain('"value":"(left out)"');
  expect(document).toContain("db.example.com");
  expect(document).toContain("http://me:****@127.0.0.1:9/hook");
  expect(linesOf(await documentOf(emulator))).toEqual(linesOf(document));
});

test("what a document without secrets brings about has tokens and passwords of its own, which confirm", async () => {
  await using emulator = await createEmulator();
  await fillWithSecrets(emulator);
  const document = await documentOf(emulator);
  await using fresh = await createEmulator();
  await control(fresh, "POST", "snapshots/restore", document);
  expect(linesOf(await documentOf(fresh))).toEqual(linesOf(document));
  const link = await linkSent(fresh);
  expect(link).not.toBe(await linkSent(emulator));
  const answer = await fetch(`${fresh.endpoint}/${link}`);
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("<SubscriptionArn>")]);
  const OneTimePassword = await codeSentTo(fresh);
  await clientsOf(fresh).sns.send(new VerifySMSSandboxPhoneNumberCommand({ PhoneNumber: NUMBER, OneTimePassword }));
  const { Parameter } = await wireOf(fresh).json("ssm", "AmazonSSM.GetParameter", { Name: "/db/password" });
  expect(Parameter).toMatchObject({ Type: "SecureString", Value: "(left out)" });
  const again = await createEmulator();
  await control(again, "POST", "snapshots/restore", document);
  expect(await linkSent(again)).toBe(link);
  await again.close();
});

test("a snapshot that stays in the server has everything, and so has a document that is to have it", async () => {
  await using emulator = await createEmulator();
  await fillWithSecrets(emulator);
  const whole = linesOf(await documentOf(emulator, "?withSecrets=true"));
  await control(emulator, "POST", "snapshots?name=all");
  await control(emulator, "POST", "reset");
  await control(emulator, "POST", "snapshots/restore?name=all");
  expect(linesOf(await documentOf(emulator, "?withSecrets=true"))).toEqual(whole);
  await using fresh = await createEmulator();
  await control(fresh, "POST", "snapshots/restore", await documentOf(emulator, "?withSecrets=true&name=all"));
  expect(linesOf(await documentOf(fresh, "?withSecrets=true"))).toEqual(whole);
});

test("a document that says something else of its secrets is refused", async () => {
  await using emulator = await createEmulator();
  const refused = fetch(`${emulator.endpoint}/_waystation/snapshots/restore`, {
    method: "POST",
    body: '{"waystation":1,"takenAt":"2026-01-01T00:00:00.000Z","secrets":"all"}\n',
  });
  expect(await (await refused).json()).toEqual({
    message: 'Line 1 of the snapshot: secrets is "left out", or not there.',
  });
});
