import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { anEmulator } from "../support/emulator.ts";
import { QueryClient } from "../support/query-client.ts";

const SQS = { name: "sqs", version: "2012-11-05" };

function aFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "templates-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const TEMPLATE = `
Parameters: { Name: { Type: String } }
Resources:
  Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: !Ref Name } }
`;

test("what a template declares is there when the emulator is", async () => {
  const template = join(aFolder({ "shop.yaml": TEMPLATE }), "shop.yaml");
  await using emulator = await anEmulator({ template, parameter: ["Name=jobs"] });
  const { QueueUrl } = await new QueryClient(SQS, emulator.endpoint).call("GetQueueUrl", { QueueName: "jobs" });
  expect(QueueUrl).toBe(`${emulator.endpoint}/000000000000/jobs`);
});

test("a template that cannot be ends the start with logical id, type and reason", async () => {
  const template = join(aFolder({ "shop.yaml": TEMPLATE }), "shop.yaml");
  const start = anEmulator({ template, parameter: ["Name=a b"] });
  await expect(start).rejects.toThrow(/shop\.yaml: Jobs \(AWS::SQS::Queue\): .*Can only include alphanumeric/);
  await expect(anEmulator({ template })).rejects.toThrow("shop.yaml: Parameters: [Name] must have values");
});

test("a folder of cdk synth is made in the order of its dependencies", async () => {
  const queue = (QueueName: object | string) => ({ Type: "AWS::SQS::Queue", Properties: { QueueName } });
  const one = { Resources: { One: queue("one") }, Outputs: { N: { Value: "one-of", Export: { Name: "n" } } } };
  const two = { Resources: { Two: queue({ "Fn::ImportValue": "n" }) } };
  const stack = (templateFile: string, dependencies: readonly string[]) => ({
    ...{ type: "aws:cloudformation:stack", properties: { templateFile }, dependencies },
  });
  const manifest = { artifacts: { Two: stack("two.json", ["One"]), One: stack("one.json", []) } };
  const files = { "manifest.json": manifest, "one.json": one, "two.json": two };
  const template = aFolder(Object.fromEntries(Object.entries(files).map(([k, v]) => [k, JSON.stringify(v)])));
  await using emulator = await anEmulator({ template });
  const { QueueUrl } = await new QueryClient(SQS, emulator.endpoint).call("GetQueueUrl", { QueueName: "one-of" });
  expect(QueueUrl).toContain("/one-of");
});
