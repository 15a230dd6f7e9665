import { expect, test } from "vitest";
import { checkTypes, resourceTypes } from "../../../src/provisioning/resource/types.ts";
import { processed, processedBody, readTemplate, type Template } from "../../../src/provisioning/template/template.ts";
import { readTemplateText } from "../../../src/provisioning/template/text/read-text.ts";
import { LONGEST_AT_ONCE } from "../../../src/provisioning/template/text/yaml-text.ts";
import { SourceNumber } from "../../../src/provisioning/template/value.ts";
import { noPause, resolved } from "../../support/provisioning.ts";

const read = (text: string): Promise<Template> => readTemplate(text, noPause);

test("YAML keeps what looks like a date, an account or a version, and short forms become long ones", async () => {
  const template = await read(`
Mappings: {M: {"012345678901": {version: 1.10, date: 2012-10-17, yes: on}}}
Resources:
  A:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Join ["-", [!Ref AWS::StackName, !GetAtt B.Arn.Part, !Sub "\${x}"]]
`);
  expect(
    processedBody(await processed(template, { ...template.body, Resources: { B: { Type: "X" } } }, noPause)).Mappings,
  ).toEqual({
    M: { "012345678901": { version: 1.1, date: "2012-10-17", yes: true } },
  });
  expect(template.body.Resources).toEqual({
    A: {
      Type: "AWS::SQS::Queue",
      Properties: {
        QueueName: {
          "Fn::Join": ["-", [{ Ref: "AWS::StackName" }, { "Fn::GetAtt": ["B", "Arn.Part"] }, { "Fn::Sub": "${x}" }]],
        },
      },
    },
  });
});

test("resources of unknown types are refused together, by AWS's text first, then by name", async () => {
  const template = {
    Resources: { A: { Type: "AWS::EC2::VPC" }, B: { Type: "AWS::SQS::Queue" }, C: { Type: "My::Own::Thing" } },
  };
  const stack = await resolved(template);
  expect(() => checkTypes(stack, "refuse")).toThrow(
    "Template format error: Unrecognized resource types: [AWS::EC2::VPC, My::Own::Thing]. Waystation does not implement A (AWS::EC2::VPC), C (My::Own::Thing); --unknown-resources stub accepts them.",
  );
  expect(resourceTypes.has("AWS::SQS::Queue")).toBe(true);
});

test("a section behind a long one is read as any other", async () => {
  const queues = Array.from(
    { length: 400 },
    (_, index) => `  Queue${index}:\n    Type: AWS::SQS::Queue # ${"x".repeat(200)}\n`,
  ).join("");
  const text = `Resources:\n${queues}Outputs:\n  One:\n    Value: "1"\n`;
  expect(text.length).toBeGreaterThan(LONGEST_AT_ONCE);
  const { body } = await readTemplate(text, noPause);
  expect(body.Outputs).toEqual({ One: { Value: "1" } });
});

test("a bracket may close in the column of its key, as JSON in YAML often does", async () => {
  const text =
    "Resources: {\n  Q: {\n    Type: AWS::SQS::Queue, Properties: { QueueName: !Sub 'a', DelaySeconds: 1.0 }\n  }\n}\n";
  const { value } = await readTemplateText(text, noPause);
  const Properties = { QueueName: { "Fn::Sub": "a" }, DelaySeconds: new SourceNumber(1, "1.0") };
  expect(value).toEqual({ Resources: { Q: { Type: "AWS::SQS::Queue", Properties } } });
});
