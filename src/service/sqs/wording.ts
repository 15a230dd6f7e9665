import type { AwsError } from "../../kernel/aws-error.ts";
import type { Violation } from "../../model/check.ts";
import {
  InvalidBatchEntryId,
  InvalidParameterValue,
  invalidValue,
  MissingParameter,
  unknownAttribute,
} from "./errors.ts";

type Wording = (violation: Violation) => AwsError;

/** AWS: this one is called as in a form, in JSON too. */
const MISSING_NAMES: Readonly<Record<string, string>> = { Attributes: "Attribute.Name" };

const missing: Wording = ({ member }) => new MissingParameter(MISSING_NAMES[member] ?? member);
const unknownName: Wording = ({ value }) => unknownAttribute(String(value));
const notPunctuation = because(
  ({ member }) => `${member} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
);
const notLabel = because(() => "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.");
const notBetween = because((violation) => {
  const { min, max } = limits(violation);
  return `Must be between ${min} and ${max}, if provided.`;
});

/** How SQS words a constraint that a parameter breaks. What is not listed reads like MaxNumberOfMessages. */
const wordings: Readonly<Record<string, Wording>> = {
  // AWS: an empty text counts as a missing one here, but as a malformed one for the ids below.
  MessageBody: missing,
  ReceiptHandle: missing,
  Attributes: missing,
  Tags: missing,
  Actions: missing,
  AttributeNames: unknownName,
  MessageSystemAttributeNames: unknownName,
  Id: () => new InvalidBatchEntryId(),
  MessageDeduplicationId: notPunctuation,
  MessageGroupId: notPunctuation,
  ReceiveRequestAttemptId: notPunctuation,
  DelaySeconds: because((violation) => {
    const { min, max } = limits(violation);
    return `DelaySeconds must be >= ${min} and <= ${max}.`;
  }),
  WaitTimeSeconds: because((violation) => {
    const { min, max } = limits(violation);
    return `Must be >= ${min} and <= ${max}, if provided.`;
  }),
  Label: (violation) => (violation.value === "" ? missing(violation) : notLabel(violation)),
  TagKeys: () => new InvalidParameterValue("Tag keys must be between 1 and 128 characters in length."),
  MessageSystemAttributes: ({ path }) =>
    new InvalidParameterValue(`Message system attribute name '${path.at(-1)}' is not supported.`),
  DataType: ({ path }) =>
    new InvalidParameterValue(`The message attribute '${path.at(-2)}' must contain non-empty message attribute type.`),
};

/** The error SQS answers a broken constraint with. */
export function worded(violation: Violation): AwsError {
  const { constraint, member } = violation;
  if (constraint === "required" && member !== "DataType") return missing(violation);
  return (wordings[member] ?? notBetween)(violation);
}

function because(reason: (violation: Violation) => string): Wording {
  return (violation) => invalidValue(violation.member, violation.value, reason(violation));
}

function limits(violation: Violation): { readonly min?: number | undefined; readonly max?: number | undefined } {
  return violation.constraint === "range" || violation.constraint === "length" ? violation : {};
}
