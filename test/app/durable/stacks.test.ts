import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createEmulator, type Emulator } from "../../../src/app/emulator.ts";
import { wireOf } from "../every-service.ts";

const CUT_OFF = "Cut off: the server was started anew, or its state brought back, while this was under way";
const HANDLE = { Handle: { Type: "AWS::CloudFormation::WaitConditionHandle" } };
const WAIT = {
  Wait: {
    Type: "AWS::CloudFormation::WaitCondition",
    Properties: { Handle: { Ref: "Handle" }, Timeout: "60" },
  },
};
const TOPIC = "arn:aws:sns:us-east-1:111111111111:makers";
const CUSTOM = { Thing: { Type: "Custom::Thing", Properties: { ServiceToken: TOPIC } } };

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "waystation-stacks-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function stackOf(emulator: Emulator) {
  const { cloudFormation } = wireOf(emulator);
  const ask = (Action: string, Resources?: object) =>
    cloudFormation(Action, { StackName: "app", ...(Resources && { TemplateBody: JSON.stringify({ Resources }) }) });
  return {
    ask,
    /** The URL to which signals are put, at the port of this process. */
    handle: async () => {
      const [, url = ""] = /(http:[^<]*stack-callbacks[^<]*)</.exec(await ask("DescribeStackResources")) ?? [];
      return url.replace(/:\d+/, `:${emulator.port}`);
    },
  };
}

const signal = (url: string) =>
  fetch(url, { method: "PUT", body: JSON.stringify({ Status: "SUCCESS", UniqueId: "a" }) });

test.for([
  ["a wait condition", { ...HANDLE, ...WAIT }, "Wait"],
  ["a custom resource", CUSTOM, "Thing"],
] as const)(
  "a stack that waited for %s has failed after a restart, says why, and can be made anew",
  async ([, resources, id]) => {
    const dataDir = aFolder();
    {
      await using emulator = await createEmulator({ dataDir });
      await fetch(`${emulator.endpoint}/?Action=CreateTopic&Name=makers`, {
        headers: { Authorization: "AWS4-HMAC-SHA256 Credential=111111111111/20260101/us-east-1/sns/aws4_request" },
      });
      const { ask } = stackOf(emulator);
      await ask("CreateStack", resources);
      expect(await ask("DescribeStacks")).toContain("<StackStatus>CREATE_IN_PROGRESS<");
    }
    await using emulator = await createEmulator({ dataDir });
    const { ask, handle } = stackOf(emulator);
    const told = await ask("DescribeStacks");
    expect(told).toContain("<StackStatus>CREATE_FAILED<");
    expect(told).toContain(`The following resource(s) failed to create: [${id}]. ${CUT_OFF}`);
    const events = await ask("DescribeStackEvents");
    expect(events).toContain(`<ResourceStatusReason>${CUT_OFF}<`);
    if (id === "Wait") expect((await signal(await handle())).status).toBe(400);
    await ask("DeleteStack");
    await ask("CreateStack", { Queue: { Type: "AWS::SQS::Queue" } });
    expect(await ask("DescribeStacks")).toContain("<StackStatus>CREATE_COMPLETE<");
  },
);

test("the handle of a stack that waits for nothing yet is good after a restart", async () => {
  const dataDir = aFolder();
  {
    await using emulator = await createEmulator({ dataDir });
    await stackOf(emulator).ask("CreateStack", HANDLE);
  }
  await using emulator = await createEmulator({ dataDir });
  const { ask, handle } = stackOf(emulator);
  await ask("UpdateStack", { ...HANDLE, ...WAIT });
  expect(await ask("DescribeStacks")).toContain("<StackStatus>UPDATE_IN_PROGRESS<");
  expect((await signal(await handle())).status).toBe(204);
  expect(await ask("DescribeStacks")).toContain("<StackStatus>UPDATE_COMPLETE<");
});
