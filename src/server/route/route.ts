import { headerOf, type WireRequest } from "../../protocol/protocol.ts";
import type { Service } from "../../service/service.ts";
import { createForeignRouter } from "../foreign/recognise.ts";
import { createActionRouter } from "./action-route.ts";
import { credentialText } from "./credential.ts";
import { createHostReader } from "./host.ts";
import { createStrictRouter } from "./json-1-1-front-end.ts";
import { ABOUT, type Route } from "./route-kinds.ts";
import { createTargetRouter } from "./target-route.ts";

const FRONT_DOORS: readonly string[] = ["/", "/health"];

/**
 * Tells which operation of which service a request names, and in which format. It never throws: a name we do not
 * have becomes a failure in the format that named it.
 */
export function createRouter(services: readonly Service[]): (request: WireRequest) => Route {
  const isStrict = ({ model }: Service): boolean => model.jsonVersion === "1.1";
  const readHost = createHostReader(services.map(({ model }) => model));
  const strict = createStrictRouter(services.filter(isStrict), readHost);
  const routeTarget = createTargetRouter(services.filter((service) => !isStrict(service)));
  const routeAction = createActionRouter(services);
  const routeForeign = createForeignRouter(services);
  return (request) => {
    const target = headerOf(request, "x-amz-target");
    const route =
      target === undefined
        ? (strict.byFormat(request) ?? routeAction(request))
        : (strict.byTarget(request, target) ?? routeTarget(request, target));
    if (route.kind !== "unrecognised") return route;
    return (
      routeForeign(request) ??
      strict.byCaller(request, target) ??
      (target === undefined && asksWhatThisIs(request) ? ABOUT : route)
    );
  };
}

/** A browser, a monitor or somebody with curl. Whoever signs takes the server for a service. */
function asksWhatThisIs(request: WireRequest): boolean {
  const isReading = request.method === "GET" || request.method === "HEAD";
  const { path, query } = request;
  return isReading && query === "" && FRONT_DOORS.includes(path) && credentialText(request) === undefined;
}
