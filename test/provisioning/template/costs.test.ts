import fc from "fast-check";
import { expect, test } from "vitest";
import { resolve } from "../../../src/provisioning/template/resolve.ts";
import { readTemplate } from "../../../src/provisioning/template/template.ts";
import { LONGEST_AT_ONCE } from "../../../src/provisioning/template/text/yaml-text.ts";
import { aContext, aStack, processedTemplate } from "../../support/provisioning.ts";

const EACH = 50;

/** Fifty times a queue with a dead-letter queue, a topic and a subscription: two hundred resources. */
function twoHundred() {
  const Resources: Record<string, object> = {};
  for (let index = 0; index < EACH; index++) {
    const redrive = { deadLetterTargetArn: { "Fn::GetAtt": [`D${index}`, "Arn"] }, maxReceiveCount: 5 };
    Resources[`Q${index}`] = { Type: "AWS::SQS::Queue", Properties: { RedrivePolicy: redrive } };
    Resources[`D${index}`] = { Type: "AWS::SQS::Queue" };
    Resources[`T${index}`] = { Type: "AWS::SNS::Topic" };
    const Endpoint = { "Fn::GetAtt": [`Q${index}`, "Arn"] };
    Resources[`S${index}`] = {
      Type: "AWS::SNS::Subscription",
      Properties: { TopicArn: { Ref: `T${index}` }, Protocol: "sqs", Endpoint },
    };
  }
  return { Resources };
}

test("two hundred resources take no more operations than each of them needs, and none to see that nothing changed", async () => {
  await using stack = aStack();
  let calls = 0;
  stack.interceptors.add((_interception, next) => {
    calls++;
    return next();
  });
  const { status } = await stack.deploy(twoHundred());
  expect(status).toBe("complete");
  // Queues and topics are looked for before they are made; a subscription is made at once.
  expect(calls).toBe(EACH * (2 + 2 + 2 + 1));
  const { steps, removals } = await stack.plan(twoHundred());
  expect([...steps, ...removals]).toEqual([]);
  expect(calls).toBe(EACH * 7);
});

test("others have their turn while a large template is read, checked and resolved", async () => {
  let turns = 0;
  const pause = async (): Promise<void> => void turns++;
  const turnsFor = async (work: () => Promise<unknown>): Promise<number> => {
    turns = 0;
    await work();
    return turns;
  };
  const ids = Array.from({ length: 500 }, (_, index) => `Q${index}`);
  const yaml = `Resources:\n${ids.map((id) => `  ${id}:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: !Sub "${id}-x"}\n`).join("")}`;
  // A turn takes four thousand steps: a value of YAML is one, what is made of a resource a hundred.
  expect(await turnsFor(() => readTemplate(yaml, pause))).toBeGreaterThan(0);
  const long = yaml.replaceAll("-x", `-${"x, ".repeat(LONGEST_AT_ONCE / 1000)}`);
  expect(await turnsFor(() => readTemplate(long, pause))).toBeGreaterThan(5);
  const template = await processedTemplate(yaml, { pause });
  expect(await turnsFor(() => processedTemplate(yaml, { pause }))).toBeGreaterThan(12);
  expect(await turnsFor(() => resolve(template, aContext()))).toBeGreaterThan(12);
});

const queue = fc.record(
  {
    DelaySeconds: fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }).map(String)),
    VisibilityTimeout: fc.integer({ min: 0, max: 43_200 }),
    KmsMasterKeyId: fc.constant("alias/aws/sqs"),
    ContentBasedDeduplication: fc.constantFrom(true, "true", false),
    FifoQueue: fc.constant(true),
    Tags: fc
      .uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 3 })
      .map((keys) => keys.map((Key) => ({ Key, Value: Key }))),
  },
  { requiredKeys: ["FifoQueue"] },
);
const templates = fc
  .dictionary(fc.constantFrom("A", "B", "C", "D"), queue, { minKeys: 1, maxKeys: 4 })
  .map((queues) => ({
    Resources: Object.fromEntries(
      Object.entries(queues).map(([id, Properties], index, all) => {
        const [target] = all[index - 1] ?? [];
        const redrive = target && {
          RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": [target, "Arn"] }, maxReceiveCount: 2 },
        };
        return [id, { Type: "AWS::SQS::Queue", Properties: { ...Properties, ...redrive } }];
      }),
    ),
  }));

test("whatever was applied, there is nothing to do to apply it again, also after it was something else", async () => {
  await fc.assert(
    fc.asyncProperty(templates, templates, async (first, second) => {
      await using stack = aStack();
      for (const template of [first, second]) {
        expect(await stack.deploy(template)).toMatchObject({ status: "complete" });
        const { steps, removals } = await stack.plan(template);
        expect([...steps, ...removals]).toEqual([]);
      }
    }),
    { numRuns: 30 },
  );
});
