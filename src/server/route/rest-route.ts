import { type AwsError, awsError } from "../../kernel/aws-error.ts";
import { present } from "../../kernel/present.ts";
import type { HttpBinding, ServiceModel } from "../../model/contract.ts";
import { UnknownOperation } from "../../protocol/errors.ts";
import type { Protocol, WireRequest } from "../../protocol/protocol.ts";
import { protocols } from "../../protocol/protocols.ts";
import { type PathTemplate, pathSegments, pathTemplate } from "../../protocol/rest-json/path-template.ts";
import { queryParameters } from "../../protocol/rest-json/query-string.ts";
import type { OperationOutline, ServedService } from "../../service/service.ts";
import { PathTree } from "./path-tree.ts";
import { type NamedRoute, type OperationRoute, operationRoutes } from "./route-kinds.ts";

/** GAP: what AWS answers to a method that a path does not have is not known; it is taken to be this, as for a path. */
const UnknownMethod = awsError("UnknownOperationException", {
  status: 405,
  isModelled: false,
  message: () => "",
});

/** AWS: what S3 says of what it does not have. */
const NotImplemented = awsError("NotImplemented", {
  status: 501,
  isModelled: false,
  message: () => "A header you provided implies functionality that is not implemented",
});

interface BoundOperation {
  readonly name: string;
  readonly http: HttpBinding;
}

/** An operation at the end of a path. */
interface Endpoint {
  readonly method: string;
  readonly query: PathTemplate["query"];
  readonly route: OperationRoute;
}

/** Routes that end at a service of REST-JSON, or undefined when the request is for none. */
interface RestRouter {
  /** For requests that say which service they are for, by signature, else by host. */
  byService(request: WireRequest): NamedRoute | undefined;
  /** For requests that do not: they are for the first service that has such a path. */
  byPath(request: WireRequest): NamedRoute | undefined;
}

/** REST-JSON: the operation stands in method and path. */
export function createRestRouter(
  services: readonly ServedService[],
  readService: (request: WireRequest) => string | undefined,
): RestRouter {
  const speakers = services.filter(speaksRest);
  const tables = new Map(speakers.map((service) => [service.model.id, createTable(service)]));
  return {
    byService: (request) => tables.get(readService(request) ?? "")?.(request),
    byPath(request) {
      if (readService(request) !== undefined) return undefined;
      const routes = [...tables.values()]
        .map((route) => route(request))
        .filter(({ protocol }) => protocol !== protocols.restXml);
      return (
        routes.find(({ kind }) => kind === "operation") ??
        routes.find((route) => route.kind === "failure" && route.error instanceof UnknownMethod)
      );
    },
  };
}

/** Whether requests to the service have their operation in method and path. */
export function speaksRest({ model }: ServedService): boolean {
  return restFormatOf(model) !== undefined;
}

function restFormatOf({ protocols: spoken }: ServiceModel): Protocol | undefined {
  const name = spoken.find((one) => one === "restJson1" || one === "restXml");
  return name && protocols[name];
}

/** Finds the operation of one service. The work is by the length of the path, however many operations there are. */
function createTable(service: ServedService): (request: WireRequest) => NamedRoute {
  const endpoints = new PathTree<Endpoint>();
  const protocol = present(restFormatOf(service.model), "the format of a service");
  const routes = operationRoutes(service, protocol);
  for (const { name, http } of byQueryConstants(service)) {
    const { segments, query } = pathTemplate(http.path);
    endpoints.add(segments, {
      method: http.method,
      query,
      route: present(routes.get(name), "the route of an operation"),
    });
  }
  return (request) => {
    let error: AwsError = new UnknownOperation();
    const wanted = subresourcesIn(request.query, service.model);
    const path = protocol.pathOf?.(request) ?? request.path;
    const route = endpoints.find(pathSegments(path), ({ method, query, route }) => {
      if (!hasConstants(request.query, query)) return undefined;
      if (method === request.method && wanted.every((name) => query.some(([constant]) => constant === name)))
        return route;
      error = wanted.length > 0 ? new NotImplemented() : new UnknownMethod();
      return undefined;
    });
    return route ?? { kind: "failure", service, protocol, operationName: undefined, error };
  };
}

/** Those that want more in the query string come first. */
function byQueryConstants({ operations }: ServedService): readonly BoundOperation[] {
  const constants = ({ http }: BoundOperation): number => pathTemplate(http.path).query.length;
  return [...operations.values()].map(bound).sort((one, other) => constants(other) - constants(one));
}

/** An operation of REST-JSON has a path and a method. */
function bound({ name, http }: OperationOutline): BoundOperation {
  return { name, http: present(http, `where ${name} is found`) };
}

function hasConstants(query: string, constants: PathTemplate["query"]): boolean {
  if (constants.length === 0) return true;
  const parameters = parametersOf(query);
  return constants.every(([name, value]) => {
    const given = parameters?.get(name);
    return given !== undefined && (value === undefined || given.includes(value));
  });
}

/** A query string that cannot be read is complained about when the input is. */
function parametersOf(query: string): ReadonlyMap<string, readonly string[]> | undefined {
  try {
    return queryParameters(query);
  } catch {
    return undefined;
  }
}

/** The names in a query string that make another operation. */
function subresourcesIn(query: string, { subresources }: ServiceModel): readonly string[] {
  if (subresources === undefined || query === "") return [];
  const parameters = parametersOf(query);
  return subresources.filter((name) => parameters?.has(name));
}
