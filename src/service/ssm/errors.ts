import { awsError } from "../../kernel/aws-error.ts";

export const ValidationException = awsError("ValidationException", {
  isModelled: false,
  message: (text: string) => text,
});

export const AccessDeniedException = awsError("AccessDeniedException", {
  isModelled: false,
  message: (text: string) => text,
});

/** AWS: it says nothing. */
export const ParameterNotFound = awsError("ParameterNotFound", { message: () => "" });

export const ParameterAlreadyExists = awsError("ParameterAlreadyExists", {
  message: () =>
    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
});

export const ParameterLimitExceeded = awsError("ParameterLimitExceeded", {
  message: () => "The number of parameters of this account and region is at its limit.",
});

/** AWS: a comma where none belongs. */
export const ParameterPatternMismatchException = awsError("ParameterPatternMismatchException", {
  message: (pattern: string) => `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
});

/** GAP: AWS's words for it are not known. */
export const InvalidAllowedPatternException = awsError("InvalidAllowedPatternException", {
  message: (pattern: string) => `The following allowedPattern is not a regular expression: ${pattern}`,
});

export const ParameterVersionNotFound = awsError("ParameterVersionNotFound", { message: (text: string) => text });

export const InvalidResourceType = awsError("InvalidResourceType", { message: () => "" });

/** AWS: what tags are asked of that is not there. */
export const InvalidResourceId = awsError("InvalidResourceId", { message: () => "" });

export const TooManyTagsError = awsError("TooManyTagsError", { message: () => "" });

export const InvalidNextToken = awsError("InvalidNextToken", { message: () => "The specified token isn't valid." });

/** What the API model declares, and what never happens here. */
const neverThrown = (shape: string) => awsError(shape, { message: () => "" });

export const InternalServerError = awsError("InternalServerError", { status: 500, message: () => "" });
export const InvalidKeyId = neverThrown("InvalidKeyId");
export const TooManyUpdates = neverThrown("TooManyUpdates");
