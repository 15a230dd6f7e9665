import { describe, expect, test } from "vitest";
import { compileDataProtectionPolicy } from "../../../../src/engine/topic/data-protection/compile.ts";
import { aPolicy, audit, managed, mask, policyText, redact } from "./policies.ts";

function errorIn(text: string): string | undefined {
  const result = compileDataProtectionPolicy(text);
  return "error" in result ? result.error.message : undefined;
}

const LONG = "a".repeat(200);
const custom = (...identifiers: readonly unknown[]) => ({ Configuration: { CustomDataIdentifier: identifiers } });

describe("a policy is accepted", () => {
  test.for([
    ["as the guide has it", aPolicy()],
    ["that audits with a number as rate", aPolicy({ Operation: audit(0) })],
    ["that audits at the highest rate", aPolicy({ Operation: audit("99") })],
    [
      "that audits what has nothing in it",
      aPolicy({ Operation: { Audit: { SampleRate: 1, NoFindingsDestination: {} } } }),
    ],
    ["that masks with AWS's character", aPolicy({ Operation: mask() })],
    ["that masks with blanks", aPolicy({ Operation: mask(" ") })],
    ["that redacts what leaves", aPolicy({ DataDirection: "Outbound", Operation: redact })],
    [
      "with the ARN that was recorded",
      aPolicy({ DataIdentifier: ["arn:aws:dataprotection:us-east-1::data-identifier/EmailAddress"] }),
    ],
    ["with an identifier nothing here finds", aPolicy({ DataIdentifier: [managed("PassportNumber-DE")] })],
    ["with one identifier in two statements", aPolicy({}, { Operation: redact })],
    [
      "with identifiers of its own",
      policyText(custom({ Name: "EmployeeId", Regex: "EID-\\d{9}-US" }, { Name: "b", Regex: LONG })),
    ],
    ["with members nobody knows", policyText({ Note: "mine" })],
  ] as const)("%s", ([, text]) => {
    expect(errorIn(text)).toBeUndefined();
  });
});

describe("a policy is refused", () => {
  test.for([
    ["that is no JSON", "{", "the policy must be a JSON object"],
    ["that is a list", "[]", "the policy must be a JSON object"],
    ["without name", policyText({ Name: undefined }), "Name must be a string"],
    ["of another version", policyText({ Version: "2012-10-17" }), "Version must be 2021-06-01"],
    ["without statements", policyText({ Statement: [] }), "Statement must be a list that is not empty"],
    ["whose statement is a text", policyText({ Statement: ["Deny"] }), "Statement[0] must be an object"],
    [
      "without direction",
      aPolicy({ DataDirection: undefined }),
      "Statement DataDirection must be either Inbound or Outbound",
    ],
    [
      "with a second bad statement",
      aPolicy({}, { DataDirection: "inbound" }),
      "Statement DataDirection must be either Inbound or Outbound",
    ],
    ["for nobody", aPolicy({ Principal: [] }), "Statement[0].Principal must be a list that is not empty"],
    ["for a number", aPolicy({ Principal: [1] }), "Statement[0].Principal must be a list of strings"],
    [
      "that looks for nothing",
      aPolicy({ DataIdentifier: [] }),
      "Statement[0].DataIdentifier must be a list that is not empty",
    ],
    [
      "with one identifier twice",
      aPolicy({ DataIdentifier: [managed("IpAddress"), managed("IpAddress")] }),
      "Statement[0].DataIdentifier names one of them twice",
    ],
    [
      "with an identifier without ARN",
      aPolicy({ DataIdentifier: ["IpAddress"] }),
      'Statement[0].DataIdentifier has no identifier "IpAddress"',
    ],
    [
      "with another service's ARN",
      aPolicy({ DataIdentifier: ["arn:aws:iam::aws:data-identifier/A"] }),
      'Statement[0].DataIdentifier has no identifier "arn:aws:iam::aws:data-identifier/A"',
    ],
    [
      "that does nothing",
      aPolicy({ Operation: {} }),
      "Statement[0].Operation must have exactly one of Audit, Deidentify, Deny",
    ],
    [
      "that does two things",
      aPolicy({ Operation: { Deny: {}, ...redact } }),
      "Statement[0].Operation must have exactly one of Audit, Deidentify, Deny",
    ],
    [
      "that allows",
      aPolicy({ Operation: { Allow: {} } }),
      "Statement[0].Operation must have exactly one of Audit, Deidentify, Deny",
    ],
    [
      "that de-identifies in no way",
      aPolicy({ Operation: { Deidentify: {} } }),
      "Statement[0].Operation.Deidentify must have exactly one of MaskConfig, RedactConfig",
    ],
    [
      "that masks with two characters",
      aPolicy({ Operation: mask("##") }),
      "Statement[0].Operation.Deidentify.MaskConfig.MaskWithCharacter must be a single printable ASCII character",
    ],
    [
      "that masks with nothing",
      aPolicy({ Operation: mask("") }),
      "Statement[0].Operation.Deidentify.MaskConfig.MaskWithCharacter must be a single printable ASCII character",
    ],
    [
      "that audits at a rate of 100",
      aPolicy({ Operation: audit(100) }),
      "Statement[0].Operation.Audit.SampleRate must be an integer from 0 to 99",
    ],
    [
      "that audits at a rate of -1",
      aPolicy({ Operation: audit(-1) }),
      "Statement[0].Operation.Audit.SampleRate must be an integer from 0 to 99",
    ],
    [
      "that audits at a rate of 0.5",
      aPolicy({ Operation: audit("0.5") }),
      "Statement[0].Operation.Audit.SampleRate must be an integer from 0 to 99",
    ],
    [
      "that audits for nobody",
      aPolicy({ Operation: { Audit: { SampleRate: 1 } } }),
      "Statement[0].Operation.Audit must have a FindingsDestination or a NoFindingsDestination",
    ],
    [
      "that audits what leaves",
      aPolicy({ DataDirection: "Outbound", Operation: audit() }),
      "Statement[0].Operation cannot be Audit for outbound messages",
    ],
    [
      "that audits twice",
      aPolicy({ Operation: audit() }, { Operation: audit() }),
      "only one statement can have the operation Audit",
    ],
    [
      "with a custom identifier without name",
      policyText(custom({ Regex: "a" })),
      "Configuration.CustomDataIdentifier[0].Name must be up to 128 letters, digits, underscores and hyphens",
    ],
    [
      "with a custom pattern of 201 characters",
      policyText(custom({ Name: "a", Regex: `${LONG}a` })),
      "Configuration.CustomDataIdentifier[0].Regex must be a regular expression of up to 200 characters",
    ],
    [
      "with a custom pattern that is none",
      policyText(custom({ Name: "a", Regex: "(" })),
      "Configuration.CustomDataIdentifier[0].Regex is no regular expression, or a too complex one",
    ],
    [
      "with a custom pattern that looks back",
      policyText(custom({ Name: "a", Regex: "(a)\\1" })),
      "Configuration.CustomDataIdentifier[0].Regex is no regular expression, or a too complex one",
    ],
    [
      "with a custom pattern that looks ahead",
      policyText(custom({ Name: "a", Regex: "a(?=b)" })),
      "Configuration.CustomDataIdentifier[0].Regex is no regular expression, or a too complex one",
    ],
    [
      "with a custom pattern written out too often",
      policyText(custom({ Name: "a", Regex: "(a{30}){30}b{30}c{30}d{200}" })),
      "Configuration.CustomDataIdentifier[0].Regex is no regular expression, or a too complex one",
    ],
    [
      "with a custom pattern with too large counts",
      policyText(custom({ Name: "a", Regex: "(a?){600}(b?){600}" })),
      "Configuration.CustomDataIdentifier[0].Regex is no regular expression, or a too complex one",
    ],
    [
      "with two custom identifiers of one name",
      policyText(custom({ Name: "a", Regex: "a" }, { Name: "a", Regex: "b" })),
      "there are two custom data identifiers a",
    ],
    [
      "with eleven custom identifiers",
      policyText(custom(...Array(11).fill({ Name: "a", Regex: "a" }))),
      "Configuration.CustomDataIdentifier must be a list of at most 10",
    ],
  ] as const)("%s", ([, text, message]) => {
    expect(errorIn(text)).toBe(message);
  });
});
