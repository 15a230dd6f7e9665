import { AwsError } from "../../kernel/aws-error.ts";
import { InvalidAction, MalformedQueryString, NoSuchVersion } from "../../protocol/errors.ts";
import { refuseExcess, type WireRequest } from "../../protocol/protocol.ts";
import { formOf, textOf } from "../../protocol/query/form.ts";
import { awsQuery, awsQueryInJson, wantsJson } from "../../protocol/query/query.ts";
import type { ServedService } from "../../service/service.ts";
import { isForeignForm } from "../foreign/catalogue.ts";
import { createHostReader, hostOf, signingName } from "./addressing.ts";
import { type FailedRoute, type OperationRoute, operationRoutes, type Route, UNRECOGNISED } from "./route-kinds.ts";

/** No service refuses forms of so many bytes before they are read. */
const SURELY_TAKEN = 1024 * 1024;

/** A service that speaks the Query format, as each version of its API has it. */
interface Speaker {
  readonly id: string;
  /** Also for requests that name no version. */
  readonly latest: Edition;
  readonly editions: ReadonlyMap<string, Edition>;
}

/** A service in one version of its API. */
interface Edition {
  readonly service: ServedService;
  readonly routes: ReadonlyMap<string, OperationRoute>;
}

/** What a form says of the operation it is for. */
interface Naming {
  readonly action: string;
  /** AWS: the links in messages carry no version. */
  readonly version: string | undefined;
}

/**
 * The Query format: the operation stands in the form, `Action=SendMessage&Version=2012-11-05`, on any path. It is answered
 * in XML unless the request asks for JSON.
 */
export function createActionRouter(services: readonly ServedService[]): (request: WireRequest) => Route {
  const speakers = services.filter(({ model }) => model.protocols.includes("awsQuery")).map(asSpeaker);
  const chooseSpeaker = createChooser(speakers);
  /** The form is not read yet, so only a signature or a host can have named the service. */
  const refuseLarge = (request: WireRequest): void => {
    const speaker = chooseSpeaker(request, { action: "", version: undefined });
    if (speaker !== undefined) refuseExcess(speaker.latest.service.model, request);
  };
  const routeOf = (request: WireRequest): Route => {
    if (request.method !== "POST" && request.method !== "GET") return UNRECOGNISED;
    try {
      if (request.body.length > SURELY_TAKEN) refuseLarge(request);
      const form = formOf(request);
      const naming = { action: textOf(form, "Action") ?? "", version: textOf(form, "Version") };
      return naming.action === "" ? UNRECOGNISED : routeTo(chooseSpeaker(request, naming), naming);
    } catch (cause) {
      const speaker = chooseSpeaker(request, { action: "", version: undefined });
      return speaker === undefined ? UNRECOGNISED : failure(speaker.latest, undefined, asAwsError(cause, speaker));
    }
  };
  return (request) => {
    const route = routeOf(request);
    const isNamed = route.kind === "operation" || route.kind === "failure";
    return isNamed && wantsJson(request) ? { ...route, protocol: awsQueryInJson } : route;
  };
}

/** What is wrong with a form, as the service says it. */
function asAwsError(cause: unknown, { latest }: Speaker): AwsError {
  const { malformedForm } = latest.service.model;
  if (cause instanceof MalformedQueryString && malformedForm !== undefined) return malformedForm();
  if (cause instanceof AwsError) return cause;
  throw cause;
}

function asSpeaker(service: ServedService): Speaker {
  const { id, apiVersion, olderVersions = {} } = service.model;
  const latest = asEdition(service);
  const editions = new Map([[apiVersion, latest]]);
  for (const [version, names] of Object.entries(olderVersions)) {
    editions.set(version, asEdition(inOlderVersion(service, version, names)));
  }
  return { id, latest, editions };
}

function asEdition(service: ServedService): Edition {
  return { service, routes: operationRoutes(service, awsQuery) };
}

/** The service with the operations it had then, its XML in the namespace of that version. */
function inOlderVersion(service: ServedService, version: string, names: readonly string[]): ServedService {
  const { apiVersion, xmlNamespace = "" } = service.model;
  const model = { ...service.model, xmlNamespace: xmlNamespace.replace(apiVersion, version) };
  const operations = new Map([...service.operations].filter(([name]) => names.includes(name)));
  return { model, operations };
}

function routeTo(speaker: Speaker | undefined, { action, version }: Naming): Route {
  if (speaker === undefined) return UNRECOGNISED;
  const { latest, editions } = speaker;
  const { apiVersion, unknownAction } = latest.service.model;
  const wanted = version ?? apiVersion;
  const edition = editions.get(wanted);
  if (edition === undefined && unknownAction === undefined) return failure(latest, action, new NoSuchVersion(wanted));
  const route = edition?.routes.get(action);
  return route ?? failure(edition ?? latest, action, new InvalidAction(action, unknownAction?.(action, version)));
}

function failure({ service }: Edition, operationName: string | undefined, error: AwsError): FailedRoute {
  return { kind: "failure", service, protocol: awsQuery, operationName, error };
}

/**
 * The service a form is for: the one it is signed for, else the one of that version, else the only one with that
 * action, else the one the host names. Several services have an action such as AddPermission.
 */
function createChooser(speakers: readonly Speaker[]): (request: WireRequest, naming: Naming) => Speaker | undefined {
  const byId = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  const readHost = createHostReader(speakers.map(({ latest }) => latest.service.model));
  return (request, { action, version = "" }) => {
    const signedFor = signingName(request);
    const named = byId.get(signedFor ?? "") ?? speakers.find(({ editions }) => editions.has(version));
    if (named !== undefined) return named;
    if (isForeignForm(signedFor, version)) return undefined;
    const able = speakers.filter(({ latest }) => latest.routes.has(action));
    if (able.length === 1) return able[0];
    const hosted = byId.get(readHost(hostOf(request))?.service ?? "");
    return hosted ?? able[0] ?? (signedFor === undefined ? speakers[0] : undefined);
  };
}
