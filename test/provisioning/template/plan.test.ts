import { expect, test } from "vitest";
import { changesOf } from "../../../src/provisioning/template/plan/plan.ts";
import { policyActionOf, type Step } from "../../../src/provisioning/template/plan/step.ts";
import { aStack } from "../../support/provisioning.ts";

const QUEUE = "AWS::SQS::Queue";

/** The change as a change set tells it, in one line. */
const line = (step: Step): string =>
  [step.action, step.logicalId, step.action === "Modify" ? step.replacement : "", policyActionOf(step) ?? ""]
    .join(" ")
    .trim();

test("a plan tells what is added, changed, replaced and removed, by logical id", async () => {
  await using stack = aStack();
  const template = (names: Record<string, object>) => ({
    Resources: Object.fromEntries(Object.entries(names).map(([id, Properties]) => [id, { Type: QUEUE, Properties }])),
  });
  await stack.deploy(template({ Same: {}, Named: { QueueName: "a" }, Late: { DelaySeconds: 1 }, Gone: {} }));
  const plan = await stack.plan(template({ New: {}, Same: {}, Named: { QueueName: "b" }, Late: { DelaySeconds: 2 } }));
  expect(changesOf(plan).map(line)).toEqual([
    "Remove Gone  Delete",
    "Modify Late False",
    "Modify Named True ReplaceAndDelete",
    "Add New",
  ]);
});

test("a change says what it comes from, and what is known of the value", async () => {
  await using stack = aStack();
  const template = (name: string) => ({
    Parameters: { Delay: { Type: "Number", Default: 1 } },
    Resources: {
      Jobs: {
        Type: QUEUE,
        Properties: {
          DelaySeconds: { Ref: "Delay" },
          RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": "Failed.Arn" }, maxReceiveCount: 3 },
        },
      },
      Failed: { Type: QUEUE, Properties: { QueueName: name } },
    },
  });
  await stack.deploy(template("a"));
  const [, jobs] = changesOf(await stack.plan(template("b"), { parameters: { Delay: "2" } }));
  const common = { part: "Properties", requiresRecreation: "Never" };
  expect(jobs).toMatchObject({
    replacement: "False",
    scope: ["Properties"],
    details: [
      {
        ...common,
        name: "DelaySeconds",
        evaluation: "Static",
        source: "ParameterReference",
        causingEntity: "Delay",
        before: 1,
        after: 2,
      },
      { ...common, name: "DelaySeconds", evaluation: "Dynamic", source: "DirectModification" },
      {
        ...common,
        name: "RedrivePolicy",
        evaluation: "Dynamic",
        source: "ResourceAttribute",
        causingEntity: "Failed.Arn",
        after: { deadLetterTargetArn: "{{changeSet:KNOWN_AFTER_APPLY}}", maxReceiveCount: 3 },
      },
    ],
  });
});
