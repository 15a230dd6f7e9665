import { awsError } from "../../kernel/aws-error.ts";

/** What the front end of the services of JSON 1.1 answers by itself, before any operation is asked. */

/** AWS: as the same error elsewhere, but with another status. */
export const UnknownOperation = awsError("UnknownOperationException", {
  status: 400,
  isModelled: false,
  message: () => "",
});

export const MissingAuthenticationToken = awsError("MissingAuthenticationTokenException", {
  isModelled: false,
  message: () => "Missing Authentication Token",
});

export const IncompleteSignature = awsError("IncompleteSignatureException", {
  isModelled: false,
  message: (text: string) => text,
});

export const SignedTwice = awsError("InvalidSignatureException", {
  isModelled: false,
  message: () => "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
});
