import { type AwsError, awsError, type ErrorIdentity } from "../../kernel/aws-error.ts";

/**
 * The errors of Amazon SNS. Clients go by the code, which is shorter than the shape's name. Texts are exact, two blanks
 * in a row and missing full stops included.
 */

const asGiven = (text: string): string => text;

/** Most of what can be wrong. `invalid` and `invalidParameter` word it. */
export const InvalidParameter = awsError("InvalidParameterException", {
  queryCode: "InvalidParameter",
  message: asGiven,
});

/** What is wrong with message attributes. AWS: the code is the name's words in another order. */
export const ParameterValueInvalid = awsError("InvalidParameterValueException", {
  queryCode: "ParameterValueInvalid",
  message: asGiven,
});

/** What the validator in front of the service finds. Not in the model. */
export const ValidationError = awsError("ValidationError", { isModelled: false, message: asGiven });

export const ValidationException = awsError("ValidationException", { message: asGiven });

export const InternalError = awsError("InternalErrorException", {
  queryCode: "InternalError",
  status: 500,
  message: () => "An internal error occurred.",
});

export const AuthorizationError = awsError("AuthorizationErrorException", {
  queryCode: "AuthorizationError",
  status: 403,
  message: (denied: { readonly caller: string; readonly action: string; readonly resource: string }) =>
    `User: ${denied.caller} is not authorized to perform: SNS:${denied.action} on resource: ${denied.resource}`,
});

/** `Topic does not exist`. */
export const NotFound = awsError("NotFoundException", {
  queryCode: "NotFound",
  status: 404,
  message: (kind: string) => `${kind} does not exist`,
});

/** Of tags and of the SMS sandbox. */
export const ResourceNotFound = awsError("ResourceNotFoundException", {
  queryCode: "ResourceNotFound",
  status: 404,
  message: () => "Resource does not exist",
});

export const InvalidState = awsError("InvalidStateException", {
  queryCode: "InvalidState",
  message: (reason: string) => `Invalid state: ${reason}`,
});

export const TagLimitExceeded = awsError("TagLimitExceededException", {
  queryCode: "TagLimitExceeded",
  message: () => "Could not complete request: tag quota of per resource exceeded",
});

/** GAP: AWS's words are not known. */
export const SubscriptionLimitExceeded = awsError("SubscriptionLimitExceededException", {
  queryCode: "SubscriptionLimitExceeded",
  status: 403,
  message: () => "The maximum allowed number of subscriptions is reached",
});

export const EmptyBatchRequest = awsError("EmptyBatchRequestException", {
  queryCode: "EmptyBatchRequest",
  message: () => "The batch request doesn't contain any entries.",
});

export const TooManyEntriesInBatchRequest = awsError("TooManyEntriesInBatchRequestException", {
  queryCode: "TooManyEntriesInBatchRequest",
  message: () => "The batch request contains more entries than permissible.",
});

export const BatchEntryIdsNotDistinct = awsError("BatchEntryIdsNotDistinctException", {
  queryCode: "BatchEntryIdsNotDistinct",
  message: () => "Two or more batch entries in the request have the same Id.",
});

export const InvalidBatchEntryId = awsError("InvalidBatchEntryIdException", {
  queryCode: "InvalidBatchEntryId",
  message: (fault: string, id: string) => `The Id of a batch entry in the batch request ${fault}: ${id}`,
});

export const BatchRequestTooLong = awsError("BatchRequestTooLongException", {
  queryCode: "BatchRequestTooLong",
  message: () => "The length of all the messages put together is more than the limit.",
});

export const EndpointDisabled = awsError("EndpointDisabledException", {
  queryCode: "EndpointDisabled",
  message: () => "Endpoint is disabled",
});

export const PlatformApplicationDisabled = awsError("PlatformApplicationDisabledException", {
  queryCode: "PlatformApplicationDisabled",
  message: () => "PlatformApplication is disabled",
});

export const OptedOut = awsError("OptedOutException", {
  queryCode: "OptedOut",
  message: () => "The phone number has opted out of receiving messages",
});

export const UserError = awsError("UserErrorException", { queryCode: "UserError", message: asGiven });

export const Verification = awsError("VerificationException", {
  message: () => "The one-time password is incorrect",
});

/** An error that the model declares and nothing here comes to. */
function unused(shape: string, queryCode: string, status = 400): ErrorIdentity {
  return awsError(shape, { queryCode, status, message: asGiven });
}

export const InvalidSecurity = unused("InvalidSecurityException", "InvalidSecurity", 403);
export const TopicLimitExceeded = unused("TopicLimitExceededException", "TopicLimitExceeded", 403);
export const Throttled = unused("ThrottledException", "Throttled", 429);

/** What a topic's quotas refuse a subscription for. */
export const subscriptionLimits: readonly ErrorIdentity[] = [
  SubscriptionLimitExceeded,
  unused("FilterPolicyLimitExceededException", "FilterPolicyLimitExceeded", 403),
  unused("ReplayLimitExceededException", "ReplayLimitExceeded", 403),
];

export const tagErrors: readonly ErrorIdentity[] = [
  unused("StaleTagException", "StaleTag"),
  unused("TagPolicyException", "TagPolicy"),
  unused("ConcurrentAccessException", "ConcurrentAccess"),
];

export const kmsErrors: readonly ErrorIdentity[] = [
  unused("KMSDisabledException", "KMSDisabled"),
  unused("KMSInvalidStateException", "KMSInvalidState"),
  unused("KMSNotFoundException", "KMSNotFound"),
  unused("KMSOptInRequired", "KMSOptInRequired", 403),
  unused("KMSThrottlingException", "KMSThrottling"),
  unused("KMSAccessDeniedException", "KMSAccessDenied"),
];

/** What nearly every operation can answer with. */
export const anyCallErrors: readonly ErrorIdentity[] = [InvalidParameter, InternalError, AuthorizationError];

/** What every operation on a topic, subscription, application or endpoint can answer with. */
export const resourceErrors: readonly ErrorIdentity[] = [...anyCallErrors, NotFound];

/** The error for a parameter as a whole, or for the reason given. */
export function invalidParameter(name: string, reason?: string): AwsError {
  return invalid(reason === undefined ? name : `${name} Reason: ${reason}`);
}

/** The same, for the texts that name no parameter. */
export function invalid(text: string): AwsError {
  return new InvalidParameter(`Invalid parameter: ${text}`);
}
