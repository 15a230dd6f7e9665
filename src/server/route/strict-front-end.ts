import type { AwsError } from "../../kernel/aws-error.ts";
import { present } from "../../kernel/present.ts";
import { structure } from "../../model/shape.ts";
import { SerializationException } from "../../protocol/errors.ts";
import { headerOf, mediaTypeOf, type Protocol, type WireRequest } from "../../protocol/protocol.ts";
import type { ServedService } from "../../service/service.ts";
import { byTarget, type FrontEnd, type TargetFormat, targetFormats } from "./front-end.ts";
import type { NamedRoute, RefusedRoute } from "./route-kinds.ts";
import { signatureFault } from "./signature-check.ts";
import { accessDenied, bareJson, UnknownOperation, unknownOperation } from "./strict-answers.ts";

/** AWS: read, but never served. */
const PLAIN_JSON_TYPE = "application/json";

/** What a target says: `Kinesis_20131202.PutRecord`. */
interface Target {
  readonly service: string;
  readonly operation: string;
}

/**
 * Refuses what it can before it looks any further, always in the same order: method, empty body, content type, a body
 * that cannot be read, operation, signature. AWS: observed on Kinesis.
 */
export function strictFrontEnd(service: ServedService): FrontEnd {
  const formats = targetFormats(service);
  const inOrder = [...formats.values()];
  const first = present(inOrder[0], "a format with targets");
  // AWS: a body that is not there is missed in CBOR whatever type it was to have.
  const last = present(inOrder.at(-1), "a format with targets");
  const usual = usualRequests(service, formats);
  return {
    route(request, target) {
      const route = usual(request, target);
      if (route !== undefined) return route;
      if (request.method !== "POST") return accessDenied(service);
      const type = mediaTypeOf(request);
      const format = formats.get(type);
      const named = readTarget(target);
      if (request.body.length > 0 && format === undefined) return refuseType(service, { request, type, named, first });
      return decide(service, { request, named, format: format ?? last });
    },
  };
}

/** The route of a request in which there is nothing to refuse, as long as type and target are spelled as clients do. */
function usualRequests(service: ServedService, formats: ReadonlyMap<string, TargetFormat>) {
  const routes = new Map([...formats].map(([type, format]) => [type, byTarget(service, format).routes]));
  return (request: WireRequest, target: string): NamedRoute | undefined => {
    if (request.method !== "POST" || request.body.length === 0) return undefined;
    const route = routes.get(headerOf(request, "content-type") ?? "")?.get(target);
    return route !== undefined && signatureFault(request) === undefined ? route : undefined;
  };
}

interface Asked {
  readonly request: WireRequest;
  readonly named: Target;
  readonly format: TargetFormat;
}

function decide(service: ServedService, { request, named, format }: Asked): NamedRoute {
  const { protocol } = format;
  const route = named.service === service.model.targetPrefix ? format.routes.get(named.operation) : undefined;
  const error = faultOf(request, protocol, route === undefined);
  if (error === undefined) return present(route, "a route without an error");
  return { kind: "failure", service, protocol, operationName: named.operation || undefined, error };
}

function faultOf(request: WireRequest, protocol: Protocol, isUnknown: boolean): AwsError | undefined {
  if (request.body.length === 0) return isUnknown ? new UnknownOperation() : new SerializationException("");
  const error = isUnknown ? new UnknownOperation() : signatureFault(request);
  return error && (unreadable(protocol, request) ?? error);
}

/** AWS: a target is split at its full stops, and only the first two parts count. */
function readTarget(target: string): Target {
  const [service = "", operation = ""] = target.split(".", 2);
  return { service, operation };
}

interface Refused {
  readonly request: WireRequest;
  readonly type: string;
  readonly named: Target;
  /** The format that JSON without a version is read as. */
  readonly first: TargetFormat;
}

function refuseType(service: ServedService, { request, type, named, first }: Refused): RefusedRoute {
  if (type === PLAIN_JSON_TYPE) {
    return bareJson(service, unreadable(first.protocol, request) ?? new UnknownOperation());
  }
  return named.service === "" || named.operation === "" ? accessDenied(service) : unknownOperation(service);
}

const probe = { name: "", input: structure({}), errors: [] };

/** What is wrong with a body that is no object of the format; undefined when it is one. */
function unreadable(protocol: Protocol, request: WireRequest): AwsError | undefined {
  try {
    protocol.decode(probe, request);
    return undefined;
  } catch {
    return new SerializationException("");
  }
}
