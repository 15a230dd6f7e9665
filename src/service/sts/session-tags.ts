import { awsError } from "../../kernel/aws-error.ts";

/** What is wrong with the tags of a session. Not in the model. */
const InvalidParameterValue = awsError("InvalidParameterValue", {
  isModelled: false,
  message: (text: string) => text,
});

/** What a session is to be tagged with, and which of its tags sessions have that begin with it. */
interface SessionTags {
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

/** Throws InvalidParameterValue for tags that no session can have. */
export function checkSessionTags({ Tags = [], TransitiveTagKeys = [] }: SessionTags): void {
  // AWS: in transitive keys, too, letter case makes no difference.
  const keys = new Set(Tags.map(({ Key }) => Key.toLowerCase()));
  if (keys.size < Tags.length) {
    throw new InvalidParameterValue("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  if (!TransitiveTagKeys.every((key) => keys.has(key.toLowerCase()))) {
    throw new InvalidParameterValue("The specified transitive tag key must be included in the requested tags.");
  }
}
