import { awsError, type ErrorIdentity } from "../../kernel/aws-error.ts";

/**
 * The errors of Amazon Kinesis Data Streams. Texts that several operations use stand in refusals.ts; all are exact, full
 * stops and missing ones included, except where a comment says that AWS's own words are not known.
 */

const asGiven = (text: string): string => text;

export const AccessDeniedException = awsError("AccessDeniedException", { message: asGiven });

// The text is ours.
export const DryRunOperationException = awsError("DryRunOperationException", {
  message: () => "The request would have succeeded, but the DryRun flag is set.",
});

export const ExpiredIteratorException = awsError("ExpiredIteratorException", {
  message: (createdAt: string, now: string) =>
    `Iterator expired. The iterator was created at time ${createdAt} while right now it is ${now} which is further in the future than the tolerated delay of 300000 milliseconds.`,
});

// The text is ours.
export const ExpiredNextTokenException = awsError("ExpiredNextTokenException", {
  message: () => "NextToken has expired. Tokens are valid for 300 seconds.",
});

const InternalFailureException = awsError("InternalFailureException", { status: 500, message: asGiven });

export const InvalidArgumentException = awsError("InvalidArgumentException", { message: asGiven });

export const LimitExceededException = awsError("LimitExceededException", { message: asGiven });

export const ProvisionedThroughputExceededException = awsError("ProvisionedThroughputExceededException", {
  message: asGiven,
});

export const ResourceInUseException = awsError("ResourceInUseException", { message: asGiven });

export const ResourceNotFoundException = awsError("ResourceNotFoundException", { message: asGiven });

const ThrottlingException = awsError("ThrottlingException", { message: asGiven });

export const ValidationException = awsError("ValidationException", { message: asGiven });

/** Not in the model: what AWS answers where it stumbles over an input. */
export const InternalFailure = awsError("InternalFailure", { status: 500, isModelled: false, message: () => "" });

export const KMSNotFoundException = awsError("KMSNotFoundException", { message: asGiven });

/** GAP: no key is ever used, so none of these occurs but that a key lies in another region. */
export const kmsErrors: readonly ErrorIdentity[] = [
  awsError("KMSAccessDeniedException", { message: asGiven }),
  awsError("KMSDisabledException", { message: asGiven }),
  awsError("KMSInvalidStateException", { message: asGiven }),
  KMSNotFoundException,
  awsError("KMSOptInRequired", { message: asGiven }),
  awsError("KMSThrottlingException", { message: asGiven }),
];

/** What every operation that looks at a stream can answer with. */
export const streamErrors: readonly ErrorIdentity[] = [
  AccessDeniedException,
  InvalidArgumentException,
  LimitExceededException,
  ResourceNotFoundException,
];

/** What every operation that changes a stream can answer with. */
export const changeErrors: readonly ErrorIdentity[] = [...streamErrors, ResourceInUseException];

/** What every operation that takes any kind of resource can answer with. */
export const resourceErrors: readonly ErrorIdentity[] = [
  ...changeErrors,
  InternalFailureException,
  ValidationException,
];

/** What every operation on records can answer with. */
export const dataErrors: readonly ErrorIdentity[] = [
  AccessDeniedException,
  DryRunOperationException,
  InternalFailureException,
  InvalidArgumentException,
  ProvisionedThroughputExceededException,
  ResourceNotFoundException,
];

/** What every operation on the records of a queue can answer with. */
export const queueRecordErrors: readonly ErrorIdentity[] = [
  AccessDeniedException,
  InternalFailureException,
  InvalidArgumentException,
  ResourceNotFoundException,
  ThrottlingException,
];

/** What a listing of queues can answer with. */
export const queueListErrors: readonly ErrorIdentity[] = [
  AccessDeniedException,
  InternalFailureException,
  InvalidArgumentException,
  LimitExceededException,
  ValidationException,
];

/** What every operation that looks at a queue can answer with. */
export const queueErrors: readonly ErrorIdentity[] = [...queueListErrors, ResourceNotFoundException];

/** What every operation that changes a queue can answer with. */
export const queueChangeErrors: readonly ErrorIdentity[] = [...queueErrors, ResourceInUseException];
