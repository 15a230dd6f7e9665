import { type AwsError, awsError } from "../../kernel/aws-error.ts";
import type { ServedService } from "../../service/service.ts";
import type { RefusedRoute } from "./route-kinds.ts";

/** What the strict front end answers by itself, before any operation is asked: first its errors, then what is in none of the formats of its service. */

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

const ACCESS_DENIED =
  "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be authorized</Message>\n</AccessDeniedException>\n";

/** AWS: neither of the answers in XML says what it is. */
export function accessDenied(service: ServedService): RefusedRoute {
  return refusal(service, "AccessDeniedException", { status: 403, headers: {}, body: ACCESS_DENIED });
}

export function unknownOperation(service: ServedService): RefusedRoute {
  const body = "<UnknownOperationException/>\n";
  return refusal(service, UnknownOperation.shape, { status: 404, headers: {}, body });
}

/** AWS: JSON that names no version is answered in a form that nothing else is. */
export function bareJson(service: ServedService, { shape }: AwsError): RefusedRoute {
  const body = `{"Output":{"__type":"com.amazon.coral.service#${shape}"},"Version":"1.0"}`;
  const status = shape === UnknownOperation.shape ? 404 : 400;
  return refusal(service, shape, { status, headers: { "content-type": "application/json" }, body });
}

function refusal(service: ServedService, errorCode: string, response: RefusedRoute["response"]): RefusedRoute {
  return { kind: "refused", service, errorCode, response };
}
