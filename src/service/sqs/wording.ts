import type { AwsError } from "../../kernel/aws-error.ts";
import type { Violation } from "../../model/check.ts";
import {
  InvalidBatchEntryId,
  InvalidParameterValue,
  invalidValue,
  MissingParameter,
  unknownAttribute,
} from "./errors.ts";

type Wording = (violation: Violation, operation: string) => AwsError;

/** What AWS calls parameters that are missing, in JSON too: one as in a form, the other unlike its name anywhere. */
const MISSING_NAMES: Readonly<Record<string, string>> = {
  "SetQueueAttributes.Attributes": "Attribute.Name",
  "DeleteMessage.ReceiptHandle": "MessageHandle",
};

const missing: Wording = ({ member }, operation) =>
  new MissingParameter(MISSING_NAMES[`${operation}.${member}`] ?? member);
const unknownName: Wording = ({ value }) => unknownAttribute(String(value));
const notPunctuation = because(
  ({ member }) => `${member} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
);
const notLabel = because(() => "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.");
const notBetween = because((violation) => {
  const { min, max } = limits(violation);
  return `Must be between ${min} and ${max}, if provided.`;
});
const notFromTo = because((violation) => {
  const { min, max } = limits(violation);
  return `Must be >= ${min} and <= ${max}, if provided.`;
});
/** Not seen from AWS, but others have these texts, in the manner of the one that is recorded of TaskHandle. */
const notAPage = unshown(({ member, min, max }) => `${member} must be an integer between ${min} and ${max}.`);
const notANumber = unshown(({ min, max }) => `You must enter a number that's between ${min} and ${max}.`);
const notChangeable = because((violation) => {
  const { min, max } = limits(violation);
  return `VisibilityTimeout must be an integer between ${min} and ${max}.`;
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
  WaitTimeSeconds: notFromTo,
  // Not seen from AWS: taken to be like WaitTimeSeconds, whose range begins with zero as well.
  VisibilityTimeout: notFromTo,
  "ChangeMessageVisibility.VisibilityTimeout": notChangeable,
  "ChangeMessageVisibilityBatch.VisibilityTimeout": notChangeable,
  MaxResults: notAPage,
  "ListMessageMoveTasks.MaxResults": notANumber,
  MaxNumberOfMessagesPerSecond: notANumber,
  Label: (violation, operation) =>
    violation.value === "" ? missing(violation, operation) : notLabel(violation, operation),
  TagKeys: () => new InvalidParameterValue("Tag keys must be between 1 and 128 characters in length."),
  MessageSystemAttributes: ({ path }) =>
    new InvalidParameterValue(`Message system attribute name '${path.at(-1)}' is not supported.`),
  DataType: ({ path }) =>
    new InvalidParameterValue(`The message attribute '${path.at(-2)}' must contain non-empty message attribute type.`),
};

/** The error SQS answers a broken constraint with, in the words of that operation. */
export function worded(violation: Violation, operation: string): AwsError {
  const { constraint, member } = violation;
  if (constraint === "required" && member !== "DataType") return missing(violation, operation);
  return (wordings[`${operation}.${member}`] ?? wordings[member] ?? notBetween)(violation, operation);
}

function because(reason: (violation: Violation) => string): Wording {
  return (violation) => invalidValue(violation.member, violation.value, reason(violation));
}

/** A refusal that does not repeat the value. */
function unshown(reason: (broken: { readonly member: string } & ReturnType<typeof limits>) => string): Wording {
  return (violation) => {
    const { member } = violation;
    return new InvalidParameterValue(
      `Value for parameter ${member} is invalid. Reason: ${reason({ member, ...limits(violation) })}`,
    );
  };
}

function limits(violation: Violation): { readonly min?: number | undefined; readonly max?: number | undefined } {
  return violation.constraint === "range" || violation.constraint === "length" ? violation : {};
}
