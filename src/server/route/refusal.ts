import type { AwsError } from "../../kernel/aws-error.ts";
import type { Service } from "../../service/service.ts";
import { UnknownOperation } from "./front-errors.ts";
import type { RefusedRoute } from "./route-kinds.ts";

/** Answers of a front end that are in none of the formats of its service. */

const ACCESS_DENIED =
  "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be authorized</Message>\n</AccessDeniedException>\n";

/** AWS: neither of the answers in XML says what it is. */
export function accessDenied(service: Service): RefusedRoute {
  return refusal(service, "AccessDeniedException", { status: 403, headers: {}, body: ACCESS_DENIED });
}

export function unknownOperation(service: Service): RefusedRoute {
  const body = "<UnknownOperationException/>\n";
  return refusal(service, UnknownOperation.shape, { status: 404, headers: {}, body });
}

/** AWS: JSON that names no version is answered in a form that nothing else is. */
export function bareJson(service: Service, { shape }: AwsError): RefusedRoute {
  const body = `{"Output":{"__type":"com.amazon.coral.service#${shape}"},"Version":"1.0"}`;
  const status = shape === UnknownOperation.shape ? 404 : 400;
  return refusal(service, shape, { status, headers: { "content-type": "application/json" }, body });
}

function refusal(service: Service, errorCode: string, response: RefusedRoute["response"]): RefusedRoute {
  return { kind: "refused", service, errorCode, response };
}
