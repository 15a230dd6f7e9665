import { headerOf, type WireRequest } from "../protocol/protocol.ts";
import type { Service } from "../service/service.ts";
import { createActionRouter } from "./action-route.ts";
import type { Route } from "./route-kinds.ts";
import { createTargetRouter } from "./target-route.ts";

/**
 * Tells which operation of which service a request names, and in which format. It never throws: a name we do not
 * have becomes a failure in the format that named it.
 */
export function createRouter(services: readonly Service[]): (request: WireRequest) => Route {
  const routeTarget = createTargetRouter(services);
  const routeAction = createActionRouter(services);
  return (request) => {
    const target = headerOf(request, "x-amz-target");
    return target === undefined ? routeAction(request) : routeTarget(request, target);
  };
}
