import assert from "node:assert/strict";
import { headerOf, mediaTypeOf, type WireRequest } from "../../protocol/protocol.ts";
import type { ServedService } from "../../service/service.ts";
import { createForeignRouter } from "../foreign/recognise.ts";
import { createActionRouter } from "./action-route.ts";
import { createServiceReader, credentialText } from "./addressing.ts";
import { createRestRouter, speaksRest } from "./rest-route.ts";
import { ABOUT, type Route, UNRECOGNISED } from "./route-kinds.ts";
import { createTargetRouter } from "./target-route.ts";

/** What only the Query format is sent as. */
const FORM_TYPE = "application/x-www-form-urlencoded";

const FRONT_DOORS: readonly string[] = ["/", "/health"];

/**
 * Tells which operation of which service a request names, and in which format. It never throws: a name we do not
 * have becomes a failure in the format that named it. In which order services are given makes no difference.
 */
export function createRouter(given: readonly ServedService[]): (request: WireRequest) => Route {
  const services = inOrder(given);
  const readService = createServiceReader(services.map(({ model }) => model));
  const targets = createTargetRouter(services, readService);
  const isRestSpoken = services.some(speaksRest);
  const rest = isRestSpoken ? createRestRouter(services, readService) : undefined;
  const routeAction = createActionRouter(services);
  const routeForeign = createForeignRouter(services);
  const inStrictFormat = (request: WireRequest) =>
    targets.strictTypes.has(mediaTypeOf(request)) ? targets.byService(request, undefined) : undefined;
  /** A form without an action is what a client sends of bytes whose type it does not know. */
  const ofForm = (request: WireRequest): Route => {
    const route = routeAction(request);
    return route.kind === "unrecognised" ? (rest?.byService(request) ?? route) : route;
  };
  const withoutTarget = (request: WireRequest): Route =>
    mediaTypeOf(request) === FORM_TYPE
      ? ofForm(request)
      : (rest?.byService(request) ?? inStrictFormat(request) ?? routeAction(request));
  return (request) => {
    const target = headerOf(request, "x-amz-target");
    const route = target === undefined ? withoutTarget(request) : (targets.byTarget(request, target) ?? UNRECOGNISED);
    if (route.kind !== "unrecognised") return route;
    const other = routeForeign(request) ?? targets.byService(request, target);
    if (other !== undefined || target !== undefined) return other ?? route;
    return asksWhatThisIs(request) ? ABOUT : (rest?.byPath(request) ?? route);
  };
}

/** Those first that requests are for which could be for several, the others by their ids. */
function inOrder(services: readonly ServedService[]): readonly ServedService[] {
  const rank = ({ model }: ServedService): string => `${model.takesUnaddressed === true ? 0 : 1} ${model.id}`;
  const ids = new Set(services.map(({ model }) => model.id));
  const prefixes = services.flatMap(({ model }) => model.targetPrefix ?? []);
  assert.equal(ids.size, services.length, "no two services have an id");
  assert.equal(new Set(prefixes).size, prefixes.length, "no two services have a target prefix");
  return services.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1));
}

/** A browser, a monitor or somebody with curl. Whoever signs takes the server for a service. */
function asksWhatThisIs(request: WireRequest): boolean {
  const isReading = request.method === "GET" || request.method === "HEAD";
  const { path, query } = request;
  return isReading && query === "" && FRONT_DOORS.includes(path) && credentialText(request) === undefined;
}
