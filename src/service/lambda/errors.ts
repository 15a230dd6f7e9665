import {
  InvalidParameterValue,
  PolicyLengthExceeded,
  PreconditionFailed,
  ResourceConflict,
  ResourceNotFound,
} from "../../engine/function/function-errors.ts";
import type { ThrottleReason } from "../../engine/invocation.ts";
import { awsError } from "../../kernel/aws-error.ts";

/** What breaks a constraint of a shape. Not in the model. */
export const Validation = awsError("ValidationException", { isModelled: false, message: (text: string) => text });

/** AWS: its text is null. */
export const AccessDenied = awsError("AccessDeniedException", {
  status: 403,
  isModelled: false,
  message: () => "",
  members: () => ({ Message: null }),
});

export const LayerDenied = awsError("AccessDeniedException", {
  status: 403,
  isModelled: false,
  messageMember: "Message",
  message: (caller: string, layer: string) =>
    `User: ${caller} is not authorized to perform: lambda:GetLayerVersion on resource: ${layer} because no resource-based policy allows the lambda:GetLayerVersion action`,
});

export const RequestEntityTooLarge = awsError("RequestEntityTooLargeException", {
  status: 413,
  isModelled: false,
  message: (text: string) => text,
});

/** AWS: for 75 GB in an account. Ours is for what is kept in memory, which is less. */
export const CodeStorageExceeded = awsError("CodeStorageExceededException", {
  message: () => "Code storage limit exceeded.",
});

export const Service = awsError("ServiceException", {
  status: 500,
  messageMember: "Message",
  message: (text: string) => text,
});

/** AWS: when it may be tried again is not known; SDKs wait as they see fit. */
export const TooManyRequests = awsError("TooManyRequestsException", {
  status: 429,
  message: (_reason: ThrottleReason) => "Rate Exceeded.",
  members: (Reason) => ({ Reason }),
  headers: () => ({ "Retry-After": "1" }),
});

const InvalidCodeSignature = awsError("InvalidCodeSignatureException", {
  messageMember: "Message",
  message: () => "",
});

const CodeVerificationFailed = awsError("CodeVerificationFailedException", {
  messageMember: "Message",
  message: () => "",
});

const CodeSigningConfigNotFound = awsError("CodeSigningConfigNotFoundException", {
  status: 404,
  messageMember: "Message",
  message: () => "",
});

const TooManyVersions = awsError("FunctionVersionsPerCapacityProviderLimitExceededException", { message: () => "" });

const ResourceInUse = awsError("ResourceInUseException", { messageMember: "Message", message: () => "" });

/** What any operation may answer with. */
export const anyErrors = [Service, TooManyRequests];
/** What questions about a function may. */
export const questionErrors = [InvalidParameterValue, ResourceNotFound, ...anyErrors];
/** What changes of a function may. */
export const changeErrors = [...questionErrors, ResourceConflict];
/** What changes may that are meant for one revision. */
export const revisionErrors = [...changeErrors, PreconditionFailed];
export const signingErrors = [InvalidCodeSignature, CodeVerificationFailed, CodeSigningConfigNotFound];
export const storageErrors = [CodeStorageExceeded];
export const versionErrors = [TooManyVersions];
/** What changes of mappings may that are under way, which ours never are. */
export const inUseErrors = [ResourceInUse];
export const policyErrors = [PolicyLengthExceeded];
