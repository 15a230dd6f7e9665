import type { AwsError } from "../../kernel/aws-error.ts";
import { present } from "../../kernel/present.ts";
import { structure } from "../../model/shape.ts";
import { awsJson1_1 } from "../../protocol/aws-json/aws-json.ts";
import { awsCbor, CBOR_TYPE } from "../../protocol/cbor/cbor.ts";
import { SerializationException } from "../../protocol/errors.ts";
import { mediaTypeOf, type Protocol, type WireRequest } from "../../protocol/protocol.ts";
import type { Service } from "../../service/service.ts";
import { signingName } from "./credential.ts";
import { UnknownOperation } from "./front-errors.ts";
import { type HostParts, hostOf } from "./host.ts";
import { accessDenied, bareJson, unknownOperation } from "./refusal.ts";
import { type NamedRoute, type OperationRoute, operationRoutes, type RefusedRoute } from "./route-kinds.ts";
import { signatureFault } from "./signature-check.ts";

const JSON_TYPE = "application/x-amz-json-1.1";
/** AWS: read, but never served. */
const PLAIN_JSON_TYPE = "application/json";

/** A service behind such a front end. */
interface Front {
  readonly service: Service;
  readonly targetPrefix: string;
  readonly json: ReadonlyMap<string, OperationRoute>;
  readonly cbor: ReadonlyMap<string, OperationRoute>;
}

/** What a target says: `Kinesis_20131202.PutRecord`. */
interface Target {
  readonly service: string;
  readonly operation: string;
}

/** Routes that end at a service of JSON 1.1, or undefined when the request is for none. */
interface StrictRouter {
  byTarget(request: WireRequest, target: string): NamedRoute | RefusedRoute | undefined;
  /** For requests without a target, in a format that is no other service's. */
  byFormat(request: WireRequest): NamedRoute | RefusedRoute | undefined;
  /** For requests whose target names no service of ours: by signature, else by host, else by content type. */
  byCaller(request: WireRequest, target: string | undefined): NamedRoute | RefusedRoute | undefined;
}

/**
 * The front end of the services that speak JSON 1.1 and CBOR. It refuses what it can before it looks any further, always
 * in the same order: method, empty body, content type, a body that cannot be read, operation, signature.
 * AWS: observed on Kinesis.
 */
export function createStrictRouter(
  services: readonly Service[],
  readHost: (host: string) => HostParts | undefined,
): StrictRouter {
  const fronts = services.map(asFront);
  const frontOf = (id: string | undefined): Front | undefined => fronts.find(({ service }) => service.model.id === id);
  const byCaller: StrictRouter["byCaller"] = (request, target = "") => {
    const named = signingName(request) ?? readHost(hostOf(request))?.service;
    const front = named === undefined && isServedType(mediaTypeOf(request)) ? fronts[0] : frontOf(named);
    return front && decide(front, request, target);
  };
  return {
    byTarget(request, target) {
      const front = fronts.find(({ targetPrefix }) => isPrefix(targetPrefix, target));
      return front && decide(front, request, target);
    },
    byFormat: (request) => (isServedType(mediaTypeOf(request)) ? byCaller(request, undefined) : undefined),
    byCaller,
  };
}

function asFront(service: Service): Front {
  const { targetPrefix = "" } = service.model;
  const json = operationRoutes(service, awsJson1_1);
  return { service, targetPrefix, json, cbor: operationRoutes(service, awsCbor) };
}

function isPrefix(prefix: string, target: string): boolean {
  return target.startsWith(prefix) && (target.length === prefix.length || target.charAt(prefix.length) === ".");
}

function decide(front: Front, request: WireRequest, target: string): NamedRoute | RefusedRoute {
  const { service } = front;
  if (request.method !== "POST") return accessDenied(service);
  const type = mediaTypeOf(request);
  const named = readTarget(target);
  const isCbor = type !== JSON_TYPE;
  const route = named.service === front.targetPrefix ? routesOf(front, isCbor).get(named.operation) : undefined;
  const fail = (error: AwsError): NamedRoute => failure(service, { isCbor, operation: named.operation, error });
  if (request.body.length === 0)
    return fail(route === undefined ? new UnknownOperation() : new SerializationException(""));
  if (!isServedType(type)) return refuseType(service, { request, type, named });
  const error = route === undefined ? new UnknownOperation() : signatureFault(request);
  if (error !== undefined) return fail(unreadable(protocolOf(isCbor), request) ?? error);
  return present(route, "a route without an error");
}

function isServedType(type: string): boolean {
  return type === JSON_TYPE || type === CBOR_TYPE;
}

/** AWS: a target is split at its full stops, and only the first two parts count. */
function readTarget(target: string): Target {
  const [service = "", operation = ""] = target.split(".", 2);
  return { service, operation };
}

function protocolOf(isCbor: boolean): Protocol {
  return isCbor ? awsCbor : awsJson1_1;
}

function routesOf(front: Front, isCbor: boolean): ReadonlyMap<string, OperationRoute> {
  return isCbor ? front.cbor : front.json;
}

function failure(
  service: Service,
  { isCbor, operation, error }: { readonly isCbor: boolean; readonly operation: string; readonly error: AwsError },
): NamedRoute {
  return { kind: "failure", service, protocol: protocolOf(isCbor), operationName: operation || undefined, error };
}

function refuseType(
  service: Service,
  { request, type, named }: { readonly request: WireRequest; readonly type: string; readonly named: Target },
): RefusedRoute {
  if (type === PLAIN_JSON_TYPE) {
    return bareJson(service, unreadable(awsJson1_1, request) ?? new UnknownOperation());
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
