import { type AwsError, awsError, type ErrorIdentity, told } from "../../kernel/aws-error.ts";

/**
 * The errors of Amazon SQS. Texts are exact, full stops and missing ones included. The older codes in `queryCode` are
 * what Query clients get, and what the first half of `x-amzn-query-error` says to JSON clients.
 */

const asGiven = (text: string): string => text;

export const QueueDoesNotExist = awsError("QueueDoesNotExist", {
  queryCode: "AWS.SimpleQueueService.NonExistentQueue",
  message: () => "The specified queue does not exist.",
  queryMessage: () => "The specified queue does not exist for this wsdl version.",
});

export const QueueNameExists = awsError("QueueNameExists", {
  queryCode: "QueueAlreadyExists",
  message: (attribute: string) =>
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
});

export const QueueDeletedRecently = awsError("QueueDeletedRecently", {
  queryCode: "AWS.SimpleQueueService.QueueDeletedRecently",
  message: () => "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
});

export const InvalidAttributeName = awsError("InvalidAttributeName", { message: asGiven });

export const InvalidAttributeValue = awsError("InvalidAttributeValue", {
  message: (attribute: string, reason?: string) =>
    `Invalid value for the parameter ${attribute}.${reason === undefined ? "" : ` Reason: ${reason}`}`,
});

export const InvalidMessageContents = awsError("InvalidMessageContents", { message: asGiven });

export const ReceiptHandleIsInvalid = awsError("ReceiptHandleIsInvalid", { status: 404, message: asGiven });

export const MessageNotInflight = awsError("MessageNotInflight", {
  queryCode: "AWS.SimpleQueueService.MessageNotInflight",
  message: () => "The specified message isn't in flight.",
});

export const InvalidIdFormat = awsError("InvalidIdFormat", {
  message: () => "The specified receipt handle isn't valid for the current version.",
});

export const PurgeQueueInProgress = awsError("PurgeQueueInProgress", {
  queryCode: "AWS.SimpleQueueService.PurgeQueueInProgress",
  status: 403,
  message: (queueName: string) => `Only one PurgeQueue operation on ${queueName} is allowed every 60 seconds.`,
});

export const OverLimit = awsError("OverLimit", { status: 403, message: asGiven });

export const EmptyBatchRequest = awsError("EmptyBatchRequest", {
  queryCode: "AWS.SimpleQueueService.EmptyBatchRequest",
  message: (entryName: string) => `There should be at least one ${entryName} in the request.`,
});

export const TooManyEntriesInBatchRequest = awsError("TooManyEntriesInBatchRequest", {
  queryCode: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
  message: (max: number, sent: number) => `Maximum number of entries per request are ${max}. You have sent ${sent}.`,
});

export const InvalidBatchEntryId = awsError("InvalidBatchEntryId", {
  queryCode: "AWS.SimpleQueueService.InvalidBatchEntryId",
  message: () =>
    "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
});

export const BatchEntryIdsNotDistinct = awsError("BatchEntryIdsNotDistinct", {
  queryCode: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
  message: (id: string) => `Id ${id} repeated.`,
});

export const BatchRequestTooLong = awsError("BatchRequestTooLong", {
  queryCode: "AWS.SimpleQueueService.BatchRequestTooLong",
  message: (max: number, sent: number) =>
    `Batch requests cannot be longer than ${max} bytes. You have sent ${sent} bytes.`,
});

export const ResourceNotFoundException = awsError("ResourceNotFoundException", { status: 404, message: asGiven });

const UnsupportedOperation = awsError("UnsupportedOperation", {
  queryCode: "AWS.SimpleQueueService.UnsupportedOperation",
  message: () => "Unsupported operation.",
});

export const InvalidAddress = awsError("InvalidAddress", {
  status: 404,
  message: (address: string) => `The address ${address} is not valid for this endpoint.`,
});

const InvalidSecurity = awsError("InvalidSecurity", {
  status: 403,
  message: () => "The request was not made over HTTPS or did not use SigV4 for signing.",
});

const RequestThrottled = awsError("RequestThrottled", {
  status: 403,
  message: () => "The request was denied due to request throttling.",
});

const kmsError = (shape: string, queryCode: string, status = 400) =>
  awsError(shape, { queryCode, status, message: asGiven });

export const kmsErrors: readonly ErrorIdentity[] = [
  kmsError("KmsDisabled", "KMS.DisabledException"),
  kmsError("KmsInvalidState", "KMS.InvalidStateException"),
  kmsError("KmsNotFound", "KMS.NotFoundException"),
  kmsError("KmsOptInRequired", "KMS.OptInRequired", 403),
  kmsError("KmsThrottled", "KMS.ThrottlingException"),
  kmsError("KmsAccessDenied", "KMS.AccessDeniedException"),
  kmsError("KmsInvalidKeyUsage", "KMS.InvalidKeyUsageException"),
];

/** What every operation can answer with. */
export const anyCallErrors: readonly ErrorIdentity[] = [
  RequestThrottled,
  InvalidAddress,
  InvalidSecurity,
  UnsupportedOperation,
];

/** What every operation on a queue can answer with. */
export const queueErrors: readonly ErrorIdentity[] = [QueueDoesNotExist, ...anyCallErrors];

/** What every batch operation can answer with. */
export const batchErrors: readonly ErrorIdentity[] = [
  TooManyEntriesInBatchRequest,
  EmptyBatchRequest,
  BatchEntryIdsNotDistinct,
  InvalidBatchEntryId,
];

/** Not in the model, like the rest. */
export const InvalidParameterValue = awsError("InvalidParameterValueException", {
  queryCode: "InvalidParameterValue",
  isModelled: false,
  message: asGiven,
});

export const MissingParameter = awsError("MissingRequiredParameterException", {
  queryCode: "MissingParameter",
  isModelled: false,
  message: (name: string) => `The request must contain the parameter ${name}.`,
});

/** What is missing in an entry of a batch. Observed of the bodies of SendMessageBatch, in XML. */
export const EmptyValue = awsError("EmptyValue", {
  isModelled: false,
  message: (name: string) => `No Value Found for ${name}.`,
});

export const AccessDenied = awsError("AccessDeniedException", {
  queryCode: "AccessDenied",
  status: 403,
  isModelled: false,
  messageMember: "Message", // AWS: as that of its other services with JSON, unlike the rest of what is in no model
  message: (denied: { readonly callerArn: string; readonly action: string; readonly resourceArn: string }) =>
    `User: ${denied.callerArn} is not authorized to perform: ${denied.action} on resource: ${denied.resourceArn} because no resource-based policy allows the ${denied.action} action`,
});

export const InvalidAction = awsError("InvalidAction", {
  isModelled: false,
  message: (action: string) => `The action ${action} is not valid for this endpoint.`,
});

/**
 * Who is told of a failure: whoever made the single call, or the sender of a batch about one of its entries. AWS words
 * some failures of entries in another way.
 */
export type Told = "caller" | "entry";

/** The most frequent wording of InvalidParameterValue. The reason brings its own full stop, or none where AWS has none. */
export function invalidValue(parameter: string, value: unknown, reason: string): AwsError {
  return new InvalidParameterValue(
    `Value ${told(String(value))} for parameter ${parameter} is invalid. Reason: ${reason}`,
  );
}

/** The error for a message that is larger than its queue takes. */
export function messageTooLong(maxBytes: number, whom: Told): AwsError {
  const fault = whom === "entry" ? "cannot be validated" : "are invalid";
  return new InvalidParameterValue(
    `One or more parameters ${fault}. Reason: Message must be shorter than ${maxBytes} bytes.`,
  );
}

/** The error for an attribute that does not exist, or not for this queue. */
export function unknownAttribute(name: string): AwsError {
  return new InvalidAttributeName(`Unknown Attribute ${told(name)}.`);
}
