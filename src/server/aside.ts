import type { Scope } from "../kernel/scope.ts";
import { UnknownOperation } from "../protocol/errors.ts";
import { headerOf, type WireRequest, type WireResponse } from "../protocol/protocol.ts";
import type { Exchange } from "./exchange.ts";
import { withExtendedId } from "./extended-ids.ts";
import { foreignAnswer, foreignText } from "./foreign/answer.ts";
import { signingName } from "./route/addressing.ts";
import type { ForeignRoute, RefusedRoute } from "./route/route-kinds.ts";

/** An exchange that no operation has a part in, so nobody waits and nothing is left to be done. */
export function aside(parts: Pick<Exchange, "requestId" | "scope" | "response"> & Partial<Exchange>): Exchange {
  return {
    service: undefined,
    operation: undefined,
    resource: undefined,
    input: undefined,
    errorCode: undefined,
    errorMessage: undefined,
    hangUp: undefined,
    isHeld: false,
    mindsDelivery: false,
    abort() {},
    undelivered() {},
    ...parts,
  };
}

/** What is known of a request whatever it asks for. */
interface Asking {
  readonly requestId: string;
  readonly scope: Scope;
}

/** The exchange of a request that a front end has answered. */
export function refused(
  { service, errorCode, response }: RefusedRoute,
  { requestId, scope, extendedId }: Asking & { readonly extendedId: () => string },
): Exchange {
  const signed = withExtendedId(withRequestId(response, requestId), extendedId());
  return aside({ requestId, scope, service: service.model.id, errorCode, response: signed });
}

/** The exchange of a request for a service that is not served. */
export function foreign(
  { service, format, operation }: ForeignRoute,
  { requestId, scope, served, path }: Asking & { readonly served: readonly string[]; readonly path: string },
): Exchange {
  const errorMessage = foreignText(service, served);
  const { errorCode, response } = foreignAnswer(format, errorMessage, requestId);
  const resource = path === "/" ? undefined : path;
  return aside({ requestId, scope, service: service.id, operation, resource, errorCode, errorMessage, response });
}

/** What AWS's front ends answer when they cannot even tell whom a request is for. The log says as much as there is to know. */
export function unrecognised(request: WireRequest, { requestId, scope }: Asking): Exchange {
  const body = "<UnknownOperationException/>";
  return aside({
    requestId,
    scope,
    service: signingName(request),
    operation: headerOf(request, "x-amz-target"),
    resource: request.path,
    errorCode: UnknownOperation.shape,
    response: withRequestId({ status: UnknownOperation.status, headers: {}, body }, requestId),
  });
}

function withRequestId({ status, headers, body }: WireResponse, id: string): WireResponse {
  return { status, headers: { ...headers, "x-amzn-RequestId": id }, body };
}
