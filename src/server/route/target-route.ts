import { mediaTypeOf, type WireRequest } from "../../protocol/protocol.ts";
import type { ServedService } from "../../service/service.ts";
import { signingName } from "./addressing.ts";
import { type FrontEnd, targetTypes } from "./front-end.ts";
import { plainFrontEnd } from "./plain-front-end.ts";
import type { NamedRoute, RefusedRoute } from "./route-kinds.ts";
import { strictFrontEnd } from "./strict-front-end.ts";

type TargetRoute = NamedRoute | RefusedRoute | undefined;

/** Routes that end at a service whose formats have targets, or undefined when the request is for none. */
interface TargetRouter {
  /** For requests with a target: by its prefix, else by what they are signed for. */
  byTarget(request: WireRequest, target: string): TargetRoute;
  /** For requests that nothing else claims, for services that judge those, too: by signature, else host, else format. */
  byService(request: WireRequest, target: string | undefined): TargetRoute;
  /** The media types of services that judge requests without a target, too. */
  readonly strictTypes: Pick<ReadonlySet<string>, "has">;
}

/** The operation stands in a header, `X-Amz-Target: AmazonSQS.SendMessage`. What comes of it, the service's front end says. */
export function createTargetRouter(
  services: readonly ServedService[],
  readService: (request: WireRequest) => string | undefined,
): TargetRouter {
  /** For nearly every request, which then costs one look-up. */
  const byKnownTarget = new Map<string, FrontEnd>();
  const byPrefix = new Map<string, FrontEnd>();
  const plain = new Map<string, FrontEnd>();
  const strict = new Map<string, FrontEnd>();
  const strictByType = new Map<string, FrontEnd>();
  for (const service of services) {
    const { id, targetPrefix, frontEnd } = service.model;
    if (targetPrefix === undefined) continue;
    const judge = frontEnd === "strict" ? strictFrontEnd(service) : plainFrontEnd(service);
    byPrefix.set(targetPrefix, judge);
    for (const name of service.operations.keys()) byKnownTarget.set(`${targetPrefix}.${name}`, judge);
    (frontEnd === "strict" ? strict : plain).set(id, judge);
    if (frontEnd !== "strict") continue;
    for (const type of targetTypes(service)) if (!strictByType.has(type)) strictByType.set(type, judge);
  }
  return {
    byTarget(request, target) {
      const frontEnd = byKnownTarget.get(target) ?? byPrefix.get(prefixOf(target));
      return (frontEnd ?? plain.get(signingName(request) ?? ""))?.route(request, target);
    },
    byService(request, target = "") {
      const named = readService(request);
      const frontEnd = named === undefined ? strictByType.get(mediaTypeOf(request)) : strict.get(named);
      return frontEnd?.route(request, target);
    },
    strictTypes: strictByType,
  };
}

function prefixOf(target: string): string {
  const end = target.indexOf(".");
  return end < 0 ? target : target.slice(0, end);
}
