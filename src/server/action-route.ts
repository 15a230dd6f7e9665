import type { AwsError } from "../kernel/aws-error.ts";
import { InvalidAction, MalformedQueryString, NoSuchVersion } from "../protocol/errors.ts";
import type { WireRequest } from "../protocol/protocol.ts";
import { formOf, textOf } from "../protocol/query/form.ts";
import { awsQuery } from "../protocol/query/query.ts";
import type { Service } from "../service/service.ts";
import { signingName } from "./credential.ts";
import { createHostReader, hostOf } from "./host.ts";
import { type FailedRoute, type OperationRoute, operationRoutes, type Route, UNRECOGNISED } from "./route-kinds.ts";

/** A service that speaks the Query format. */
interface Speaker {
  readonly service: Service;
  readonly versions: readonly string[];
  readonly routes: ReadonlyMap<string, OperationRoute>;
}

/** What a form says of the operation it is for. */
interface Naming {
  readonly action: string;
  /** AWS: the links in messages carry no version. */
  readonly version: string | undefined;
}

/** The Query format: the operation stands in the form, `Action=SendMessage&Version=2012-11-05`, on any path. */
export function createActionRouter(services: readonly Service[]): (request: WireRequest) => Route {
  const speakers = services.filter(({ model }) => model.xmlNamespace !== undefined).map(asSpeaker);
  const chooseSpeaker = createChooser(speakers);
  return (request) => {
    if (request.method !== "POST" && request.method !== "GET") return UNRECOGNISED;
    try {
      const form = formOf(request);
      const naming = { action: textOf(form, "Action") ?? "", version: textOf(form, "Version") };
      return naming.action === "" ? UNRECOGNISED : routeTo(chooseSpeaker(request, naming), naming);
    } catch {
      const speaker = chooseSpeaker(request, { action: "", version: undefined });
      return speaker === undefined ? UNRECOGNISED : failure(speaker, undefined, new MalformedQueryString());
    }
  };
}

function asSpeaker(service: Service): Speaker {
  const { apiVersion, olderVersions = [] } = service.model;
  return { service, versions: [apiVersion, ...olderVersions], routes: operationRoutes(service, awsQuery) };
}

function routeTo(speaker: Speaker | undefined, { action, version }: Naming): Route {
  if (speaker === undefined) return UNRECOGNISED;
  const { unknownAction } = speaker.service.model;
  const hasVersion = version === undefined || speaker.versions.includes(version);
  if (!hasVersion && unknownAction === undefined) return failure(speaker, action, new NoSuchVersion(version));
  const route = hasVersion ? speaker.routes.get(action) : undefined;
  return route ?? failure(speaker, action, new InvalidAction(action, unknownAction?.(action, version)));
}

function failure({ service }: Speaker, operation: string | undefined, error: AwsError): FailedRoute {
  return { kind: "failure", service, protocol: awsQuery, operation, error };
}

/**
 * The service a form is for: the one it is signed for, else the one of that version, else the only one with that
 * action, else the one the host names. Several services have an action such as AddPermission.
 */
function createChooser(speakers: readonly Speaker[]): (request: WireRequest, naming: Naming) => Speaker | undefined {
  const byId = new Map(speakers.map((speaker) => [speaker.service.model.id, speaker]));
  const readHost = createHostReader(speakers.map(({ service }) => service.model));
  return (request, { action, version = "" }) => {
    const signedFor = signingName(request);
    const named = byId.get(signedFor ?? "") ?? speakers.find(({ versions }) => versions.includes(version));
    if (named !== undefined) return named;
    const able = speakers.filter(({ routes }) => routes.has(action));
    if (able.length === 1) return able[0];
    const hosted = byId.get(readHost(hostOf(request))?.service ?? "");
    return hosted ?? able[0] ?? (signedFor === undefined ? speakers[0] : undefined);
  };
}
