import { awsJson1_0 } from "../../protocol/aws-json/aws-json.ts";
import { UnknownOperation } from "../../protocol/errors.ts";
import { mediaTypeOf, type WireRequest } from "../../protocol/protocol.ts";
import type { Service } from "../../service/service.ts";
import { signingName } from "./credential.ts";
import { type OperationRoute, operationRoutes, type Route, UNRECOGNISED } from "./route-kinds.ts";

/** JSON 1.0: the operation stands in a header, `X-Amz-Target: AmazonSQS.SendMessage`, on any path. */
export function createTargetRouter(services: readonly Service[]): (request: WireRequest, target: string) => Route {
  const routes = new Map<string, OperationRoute>();
  const byPrefix = new Map<string, Service>();
  const bySigningName = new Map<string, Service>();
  for (const service of services) {
    const { id, targetPrefix } = service.model;
    if (targetPrefix === undefined) continue;
    byPrefix.set(targetPrefix, service);
    bySigningName.set(id, service);
    for (const [name, route] of operationRoutes(service, awsJson1_0)) routes.set(`${targetPrefix}.${name}`, route);
  }
  return (request, target) => {
    const known = routes.get(target);
    const [prefix = "", operation] = known === undefined ? target.split(".", 2) : [];
    const service = known?.service ?? byPrefix.get(prefix) ?? bySigningName.get(signingName(request) ?? "");
    if (service === undefined || !isJson(request)) return UNRECOGNISED;
    return (
      known ?? {
        kind: "failure",
        service,
        protocol: awsJson1_0,
        operationName: operation,
        error: new UnknownOperation(),
      }
    );
  };
}

/** GAP: what SQS makes of the content types beside its own is not known; these are taken for JSON. */
const TAKEN_FOR_JSON: readonly string[] = ["", "application/json", "application/x-amz-json-1.1"];

function isJson(request: WireRequest): boolean {
  if (request.method !== "POST") return false;
  const type = mediaTypeOf(request);
  return type === "application/x-amz-json-1.0" || TAKEN_FOR_JSON.includes(type);
}
