import type { AwsError } from "../../kernel/aws-error.ts";
import type { Protocol, WireResponse } from "../../protocol/protocol.ts";
import type { LateOperation, Operation, ServedService } from "../../service/service.ts";
import type { ForeignFormat, ForeignService } from "../foreign/catalogue.ts";

/** A request for an operation that exists. */
export interface OperationRoute {
  readonly kind: "operation";
  readonly service: ServedService;
  readonly protocol: Protocol;
  readonly operation: Operation | LateOperation;
  /** Its name. */
  readonly operationName: string;
}

/** A request that names a service, but nothing the service can do; it is answered in the format it came in. */
export interface FailedRoute {
  readonly kind: "failure";
  readonly service: ServedService;
  readonly protocol: Protocol;
  /** The operation as the request spells it. */
  readonly operationName: string | undefined;
  readonly error: AwsError;
}

export type NamedRoute = OperationRoute | FailedRoute;

/** A request that a service's front end answers in none of the service's formats. */
export interface RefusedRoute {
  readonly kind: "refused";
  readonly service: ServedService;
  readonly errorCode: string;
  /** Complete but for the request's ids. */
  readonly response: WireResponse;
}

/** A request for a service that is not served. */
export interface ForeignRoute {
  readonly kind: "foreign";
  readonly service: ForeignService;
  /** The form its clients understand errors in. */
  readonly format: ForeignFormat;
  /** As the request spells it. */
  readonly operation: string | undefined;
}

export type Route =
  | NamedRoute
  | RefusedRoute
  | ForeignRoute
  | { readonly kind: "about" }
  | { readonly kind: "unrecognised" };

/** Where somebody goes who asks for nothing, but wants to know what this is. */
export const ABOUT: Route = { kind: "about" };

/** Where a request goes when nothing in it says for whom it is. */
export const UNRECOGNISED: Route = { kind: "unrecognised" };

/** A route per operation, by name; made once, so that routing a request makes nothing. */
export function operationRoutes(service: ServedService, protocol: Protocol): ReadonlyMap<string, OperationRoute> {
  const routes = new Map<string, OperationRoute>();
  for (const [name, operation] of service.operations) {
    routes.set(name, { kind: "operation", service, protocol, operation, operationName: name });
  }
  return routes;
}
