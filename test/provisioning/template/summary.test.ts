import { expect, test } from "vitest";
import { summaryOf } from "../../../src/provisioning/template/summary.ts";
import { readTemplate } from "../../../src/provisioning/template/template.ts";
import { noPause } from "../../support/provisioning.ts";

test("a summary tells parameters, types, identifiers, capabilities and transforms", async () => {
  const template = await readTemplate(
    `
AWSTemplateFormatVersion: "2010-09-09"
Description: A stack
Metadata: {a: 1}
Transform: AWS::Serverless-2016-10-31
Parameters:
  P: {Type: Number, Default: 03, NoEcho: true, Description: p, AllowedValues: [03, 4]}
Resources:
  R: {Type: AWS::IAM::Role, Properties: {RoleName: r}}
  Q: {Type: AWS::SQS::Queue}
  D: {Type: AWS::SQS::Queue}
  F: {Type: AWS::Serverless::Function}
`,
    noPause,
  );
  expect(summaryOf(template)).toEqual({
    description: "A stack",
    metadata: { a: 1 },
    version: "2010-09-09",
    parameters: [
      { key: "P", type: "Number", noEcho: true, defaultValue: "03", description: "p", allowedValues: ["03", "4"] },
    ],
    resourceTypes: ["AWS::IAM::Role", "AWS::SQS::Queue", "AWS::Serverless::Function"],
    identifiers: [
      { type: "AWS::IAM::Role", logicalIds: ["R"], identifiers: ["RoleName"] },
      { type: "AWS::SQS::Queue", logicalIds: ["Q", "D"], identifiers: ["QueueUrl"] },
    ],
    capabilities: ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    capabilitiesReason: "The following resource(s) require capabilities: [AWS::IAM::Role]",
    transforms: ["AWS::Serverless-2016-10-31"],
  });
});
