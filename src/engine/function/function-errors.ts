import { awsError } from "../../kernel/aws-error.ts";

/** What is wrong with a value, or with the state of a function. */
export const InvalidParameterValue = awsError("InvalidParameterValueException", { message: (text: string) => text });

/** The same, of which AWS does not say whose mistake it is. */
export const InvalidParameterValueUntyped = awsError("InvalidParameterValueException", {
  isModelled: false,
  message: (text: string) => text,
});

export const ResourceNotFound = awsError("ResourceNotFoundException", {
  status: 404,
  messageMember: "Message",
  message: (text: string) => text,
});

export const ResourceConflict = awsError("ResourceConflictException", { status: 409, message: (text: string) => text });

export const PreconditionFailed = awsError("PreconditionFailedException", {
  status: 412,
  message: (calls: string) =>
    `The Revision Id provided does not match the latest Revision Id. Call the ${calls} API to retrieve the latest Revision Id`,
});

export const PolicyLengthExceeded = awsError("PolicyLengthExceededException", {
  message: (bytes: number, most: number) => `The final policy size (${bytes}) is bigger than the limit (${most}).`,
});

/** Too much waits for functions already. GAP: AWS has no such limit; this is what it says of others. */
export const TooManyRequests = awsError("TooManyRequestsException", {
  status: 429,
  message: () => "Rate Exceeded.",
  members: () => ({ Reason: "CallerRateLimitExceeded", Type: "User" }),
});
