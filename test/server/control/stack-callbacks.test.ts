import { expect, test } from "vitest";
import { anEmulator } from "../../support/emulator.ts";
import { signedHeaders } from "../../support/signed.ts";

const WAITING = {
  Resources: {
    Handle: { Type: "AWS::CloudFormation::WaitConditionHandle" },
    Wait: {
      Type: "AWS::CloudFormation::WaitCondition",
      Properties: { Handle: { Ref: "Handle" }, Timeout: "60", Count: 2 },
    },
  },
  Outputs: { Data: { Value: { "Fn::GetAtt": ["Wait", "Data"] } } },
};

/** A server with CloudFormation as its wire is. */
async function aServer() {
  const emulator = await anEmulator();
  const ask = async (Action: string, input: Readonly<Record<string, string>>): Promise<string> => {
    const body = new URLSearchParams({ Action, Version: "2010-05-15", StackName: "app", ...input });
    const headers = signedHeaders("cloudformation");
    return (await fetch(emulator.endpoint, { method: "POST", headers, body })).text();
  };
  return {
    emulator,
    ask,
    /** The URL of the handle of a stack that waits. */
    async handle(): Promise<string> {
      await ask("CreateStack", { TemplateBody: JSON.stringify(WAITING) });
      const told = await ask("DescribeStackResource", { LogicalResourceId: "Handle" });
      return /<PhysicalResourceId>(.*?)</.exec(told)![1]!;
    },
    put: (url: string, body: unknown) =>
      fetch(url, { method: "PUT", body: typeof body === "string" ? body : JSON.stringify(body) }),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

const success = { Status: "SUCCESS", Reason: "done", UniqueId: "a", Data: "1" };

test("a stack that waits for signals is answered at once, and is there when they were put to its handle", async () => {
  await using server = await aServer();
  const url = await server.handle();
  expect(url).toMatch(new RegExp(`^${server.emulator.endpoint}/_waystation/stack-callbacks/[0-9a-f-]{36}$`));
  expect(await server.ask("DescribeStacks", {})).toContain("<StackStatus>CREATE_IN_PROGRESS<");
  expect((await server.put(url, success)).status).toBe(204);
  expect((await server.put(url, { ...success, UniqueId: "b", StackId: 1 })).status).toBe(204);
  const told = await server.ask("DescribeStacks", {});
  expect(told).toContain("<StackStatus>CREATE_COMPLETE<");
  expect(told).toContain("{&quot;a&quot;:&quot;1&quot;,&quot;b&quot;:&quot;1&quot;}");
});

test("a signal of failure fails the stack with its reason", async () => {
  await using server = await aServer();
  const url = await server.handle();
  await server.put(url, { Status: "FAILED", Reason: "no room left" });
  expect(await server.ask("DescribeStacks", {})).toContain("<StackStatus>ROLLBACK_COMPLETE<");
  expect(await server.ask("DescribeStackEvents", {})).toContain("no room left");
});

test("time goes by while a stack waits", async () => {
  await using server = await aServer();
  const url = await server.handle();
  server.emulator.clock().advance(60_000);
  expect(await server.ask("DescribeStacks", {})).toContain("<StackStatus>ROLLBACK_COMPLETE<");
  expect((await server.put(url, success)).status).toBe(400);
});

test("whoever waits is forgotten with the stacks", async () => {
  await using server = await aServer();
  const url = await server.handle();
  await server.emulator.reset();
  const answer = await server.put(url, success);
  expect(await answer.json()).toEqual({ message: "No resource of a stack waits at this URL any more." });
});

test.for([
  ["", "The body is a JSON object with a Status, at most 4,096 bytes of it."],
  ["[]", "An answer to a stack is a JSON object."],
  [{}, "The Status of an answer is SUCCESS or FAILED."],
  [{ Status: "success" }, "The Status of an answer is SUCCESS or FAILED."],
  [{ Status: "SUCCESS", PhysicalResourceId: 1 }, "The PhysicalResourceId of an answer is a text."],
  [{ Status: "SUCCESS", Reason: {} }, "The Reason of an answer is a text."],
] as const)("%j is no answer to a stack", async ([body, message]) => {
  await using server = await aServer();
  const answer = await server.put(await server.handle(), body);
  expect([answer.status, await answer.json()]).toEqual([400, { message }]);
  expect(await server.ask("DescribeStacks", {})).toContain("<StackStatus>CREATE_IN_PROGRESS<");
});

test("an answer of more bytes than AWS takes is refused", async () => {
  await using server = await aServer();
  const url = await server.handle();
  expect((await server.put(url, { ...success, Data: "x".repeat(4096) })).status).toBe(413);
});
