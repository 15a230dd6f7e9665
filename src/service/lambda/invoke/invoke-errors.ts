import { InvalidParameterValue, ResourceConflict, ResourceNotFound } from "../../../engine/function/function-errors.ts";
import { awsError } from "../../../kernel/aws-error.ts";
import { anyErrors } from "../errors.ts";

/** An event that is no JSON, or a client context that is none. */
export const InvalidRequestContent = awsError("InvalidRequestContentException", { message: (text: string) => text });

/** What an invocation is made of went through the function too often already. */
export const RecursiveInvocation = awsError("RecursiveInvocationException", {
  messageMember: "Message",
  message: (text: string) => text,
});

/** GAP: AWS's words are told from memory of it; what SDKs see is the status. */
export const RequestTooLarge = awsError("RequestTooLargeException", {
  status: 413,
  message: (bytes: number, type: string, most: number) =>
    `${bytes} byte payload is too large for the ${type} invocation type (limit ${most} bytes)`,
});

/** Declared and not answered: which runtimes there are is said when a function is made. */
export const InvalidRuntime = declaredError("InvalidRuntimeException", 502);

/** What the model declares of networks, file systems, keys and snapshots, none of which there are here. */
const declared = [
  declaredError("EC2AccessDeniedException", 502),
  declaredError("EC2ThrottledException", 502),
  declaredError("EC2UnexpectedException", 502),
  declaredError("EFSIOException", 410),
  declaredError("EFSMountConnectivityException", 408),
  declaredError("EFSMountFailureException", 403),
  declaredError("EFSMountTimeoutException", 408),
  declaredError("ENILimitReachedException", 502),
  InvalidRuntime,
  declaredError("InvalidSecurityGroupIDException", 502),
  declaredError("InvalidSubnetIDException", 502),
  declaredError("InvalidZipFileException", 502),
  declaredError("KMSAccessDeniedException", 502),
  declaredError("KMSDisabledException", 502),
  declaredError("KMSInvalidStateException", 502),
  declaredError("KMSNotFoundException", 502),
  declaredError("NoPublishedVersionException", 400),
  awsError("ResourceNotReadyException", { status: 502, message: () => "" }),
  declaredError("S3FilesMountConnectivityException", 408),
  declaredError("S3FilesMountFailureException", 403),
  declaredError("S3FilesMountTimeoutException", 408),
  awsError("SerializedRequestEntityTooLargeException", { status: 413, message: () => "" }),
  declaredError("SnapStartException", 400),
  declaredError("SnapStartNotReadyException", 409),
  declaredError("SnapStartTimeoutException", 408),
  declaredError("SubnetIPAddressLimitReachedException", 502),
  awsError("UnsupportedMediaTypeException", { status: 415, message: () => "" }),
];

/** What an invocation whose answer is streamed may be answered with. */
export const streamErrors = [
  InvalidParameterValue,
  InvalidRequestContent,
  RecursiveInvocation,
  RequestTooLarge,
  ResourceConflict,
  ResourceNotFound,
  ...anyErrors,
  ...declared,
];

export const invokeErrors = [...streamErrors, declaredError("DurableExecutionAlreadyStartedException", 409)];

function declaredError(shape: string, status: number) {
  return awsError(shape, { status, messageMember: "Message", message: () => "" });
}
