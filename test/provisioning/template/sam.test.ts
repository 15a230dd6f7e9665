import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { processedBody } from "../../../src/provisioning/template/template.ts";
import { processedTemplate } from "../../support/provisioning.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/sam");
const read = (file: string): string => readFileSync(join(FIXTURES, file), "utf8");

// The expansions are those of aws-sam-translator 1.115.0.
test.for(["every-event", "globals-layers-policies", "published-and-retained"])(
  "%s is expanded as AWS expands it",
  async (name) => {
    const { Resources, ...rest } = processedBody(await processedTemplate(read(`${name}.yaml`)));
    const expected = JSON.parse(read(`${name}.json`)) as { readonly Resources: Readonly<Record<string, unknown>> };
    expect(Object.keys(Resources as object).sort()).toEqual(Object.keys(expected.Resources).sort());
    for (const [id, resource] of Object.entries(expected.Resources)) {
      expect((Resources as Readonly<Record<string, unknown>>)[id], id).toEqual(resource);
    }
    expect({ ...rest, Resources: {} }).toEqual({ ...expected, Resources: {} });
  },
);

const RUN = { Runtime: "nodejs22.x", Handler: "index.handler" };
const functionWith = (Properties: object, more: object = {}) => ({
  Transform: "AWS::Serverless-2016-10-31",
  Resources: { Fn: { Type: "AWS::Serverless::Function", Properties: { ...RUN, InlineCode: "x", ...Properties } } },
  ...more,
});

const INVALID =
  "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: 1. ";
const refused: readonly (readonly [what: string, template: object, message: string])[] = [
  [
    "an event that is not known",
    functionWith({ Events: { Get: { Type: "Api" } } }),
    `${INVALID}Resource with id [Fn] is invalid. Event with id [Get] is invalid. Waystation does not know events of type Api.`,
  ],
  [
    "a function without code",
    functionWith({ InlineCode: undefined }),
    `${INVALID}Resource with id [Fn] is invalid. Only one of 'InlineCode' or 'CodeUri' can be set.`,
  ],
  [
    "a function without a runtime",
    functionWith({ Runtime: undefined }),
    `${INVALID}Resource with id [Fn] is invalid. Runtime and Handler needs to be present when PackageType is of type \`Zip\``,
  ],
  [
    "an alias that is computed",
    functionWith({ AutoPublishAlias: { "Fn::Sub": "live" } }),
    `${INVALID}Resource with id [Fn] is invalid. 'AutoPublishAlias' must be a string or a Ref to a template parameter`,
  ],
  [
    "a dead-letter queue without an address",
    functionWith({ DeadLetterQueue: { Type: "SQS" } }),
    `${INVALID}Resource with id [Fn] is invalid. 'DeadLetterQueue' requires Type and TargetArn properties to be specified.`,
  ],
  [
    "a dead-letter queue of another type",
    functionWith({ DeadLetterQueue: { Type: "Lambda", TargetArn: "arn:a" } }),
    `${INVALID}Resource with id [Fn] is invalid. 'DeadLetterQueue' requires Type of ['SQS', 'SNS']`,
  ],
  ...(
    [
      ["SQS", {}, "Queue"],
      ["Kinesis", { StartingPosition: "LATEST" }, "Stream"],
      ["Kinesis", { Stream: "arn:a" }, "StartingPosition"],
      ["SNS", {}, "Topic"],
    ] as const
  ).map(([Type, Properties, missing]): (typeof refused)[number] => [
    `an event of type ${Type} without ${missing}`,
    functionWith({ Events: { Event: { Type, Properties } } }),
    `${INVALID}Resource with id [FnEvent] is invalid. Missing required property '${missing}'.`,
  ]),
  [
    "a section of Globals there is not",
    functionWith({}, { Globals: { Queue: {} } }),
    `${INVALID}'Globals' section is invalid. 'Queue' is not supported.`,
  ],
  [
    "Globals without the transform",
    { Globals: {}, Resources: { A: { Type: "AWS::SQS::Queue" } } },
    "Invalid template property or properties [Globals]",
  ],
  [
    "a macro of one's own",
    { Transform: "Mine", Resources: { A: { Type: "AWS::SQS::Queue" } } },
    "No transform named Mine found.",
  ],
];

test.for(refused)("%s is refused", async ([, template, message]) => {
  await expect(processedTemplate(template)).rejects.toThrow(message);
});

test("events that are not known are left out where unknown things are stubs", async () => {
  const template = functionWith({ Role: "r", Events: { Get: { Type: "Api" } } });
  const { declarations } = await processedTemplate(template, { unknown: "stub" });
  expect([...declarations.resources.keys()]).toEqual(["Fn"]);
});
