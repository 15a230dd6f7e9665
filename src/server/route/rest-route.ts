import { awsError } from "../../kernel/aws-error.ts";
import { present } from "../../kernel/present.ts";
import type { RestContract } from "../../model/contract.ts";
import { UnknownOperation } from "../../protocol/errors.ts";
import type { WireRequest } from "../../protocol/protocol.ts";
import { type PathTemplate, pathSegments, pathTemplate } from "../../protocol/rest-json/path-template.ts";
import { queryParameters } from "../../protocol/rest-json/query-string.ts";
import { restJson1 } from "../../protocol/rest-json/rest-json.ts";
import type { Operation, Service } from "../../service/service.ts";
import { signingName } from "./credential.ts";
import { type HostParts, hostOf } from "./host.ts";
import { PathTree } from "./path-tree.ts";
import { type FailedRoute, type NamedRoute, type OperationRoute, operationRoutes } from "./route-kinds.ts";

/** A service whose every operation has a path and a method. */
export interface RestService extends Service {
  readonly operations: ReadonlyMap<string, Operation & RestContract>;
}

/** GAP: what AWS answers to a method that a path does not have is not known; it is taken to be this, as for a path. */
const UnknownMethod = awsError("UnknownOperationException", {
  status: 405,
  isModelled: false,
  message: () => "",
});

/** An operation at the end of a path. */
interface Endpoint {
  readonly method: string;
  readonly query: PathTemplate["query"];
  readonly route: OperationRoute;
}

/**
 * REST-JSON: the operation stands in method and path. Which service is meant, the signature says, else the host; without
 * either it is the first that has such a path. Undefined when the request is for none of the services.
 */
export function createRestRouter(
  services: readonly RestService[],
  readHost: (host: string) => HostParts | undefined,
): (request: WireRequest) => NamedRoute | undefined {
  const tables = new Map(services.map((service) => [service.model.id, createTable(service)]));
  return (request) => {
    const named = signingName(request) ?? readHost(hostOf(request))?.service;
    if (named !== undefined) return tables.get(named)?.(request);
    const routes = [...tables.values()].map((route) => route(request));
    return (
      routes.find(({ kind }) => kind === "operation") ??
      routes.find((route) => route.kind === "failure" && route.error instanceof UnknownMethod)
    );
  };
}

/** Finds the operation of one service. The work is by the length of the path, however many operations there are. */
function createTable(service: RestService): (request: WireRequest) => NamedRoute {
  const endpoints = new PathTree<Endpoint>();
  const routes = operationRoutes(service, restJson1);
  for (const { name, http } of byQueryConstants(service)) {
    const { segments, query } = pathTemplate(http.path);
    endpoints.add(segments, {
      method: http.method,
      query,
      route: present(routes.get(name), "the route of an operation"),
    });
  }
  return (request) => {
    let isPathKnown = false;
    const route = endpoints.find(pathSegments(request.path), ({ method, query, route }) => {
      if (!hasConstants(request.query, query)) return undefined;
      isPathKnown = true;
      return method === request.method ? route : undefined;
    });
    return route ?? failure(service, isPathKnown);
  };
}

/** Those that want more in the query string come first. */
function byQueryConstants({ operations }: RestService): readonly RestContract[] {
  const constants = ({ http }: RestContract): number => pathTemplate(http.path).query.length;
  return [...operations.values()].sort((one, other) => constants(other) - constants(one));
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

function failure(service: Service, isPathKnown: boolean): FailedRoute {
  const error = isPathKnown ? new UnknownMethod() : new UnknownOperation();
  return { kind: "failure", service, protocol: restJson1, operationName: undefined, error };
}
