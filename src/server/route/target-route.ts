import { mediaTypeOf, type WireRequest } from "../../protocol/protocol.ts";
import type { ServedService } from "../../service/service.ts";
import { signingName } from "./addressing.ts";
import type { FrontEnd } from "./front-end.ts";
import { plainFrontEnd } from "./plain-front-end.ts";
import type { NamedRoute, RefusedRoute } from "./route-kinds.ts";
import { strictFrontEnd } from "./strict-front-end.ts";

type TargetRoute = NamedRoute | RefusedRoute | undefined;

/** Routes that end at a service whose formats have targets, or undefined when the request is for none. */
interface TargetRouter {
  /** For requests with a target: by its prefix, else by what they are signed for. */
  byTarget(request: WireRequest, target: string): TargetRoute;
  /** For requests without a target, in a format of services that judge those, too. */
  byFormat(request: WireRequest): TargetRoute;
  /** For requests that nothing else claims, for services that judge those, too: by signature, else host, else format. */
  byService(request: WireRequest, target: string | undefined): TargetRoute;
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
  for (const service of services) {
    const { id, targetPrefix, frontEnd } = service.model;
    if (targetPrefix === undefined) continue;
    const judge = frontEnd === "strict" ? strictFrontEnd(service) : plainFrontEnd(service);
    (frontEnd === "strict" ? strict : plain).set(id, judge);
    byPrefix.set(targetPrefix, judge);
    for (const name of service.operations.keys()) byKnownTarget.set(`${targetPrefix}.${name}`, judge);
  }
  const judges = [...strict.values()];
  const speakerOf = (request: WireRequest): FrontEnd | undefined => {
    const type = mediaTypeOf(request);
    return judges.find((frontEnd) => frontEnd.speaks(type));
  };
  const byService: TargetRouter["byService"] = (request, target = "") => {
    const named = readService(request);
    const frontEnd = named === undefined ? speakerOf(request) : strict.get(named);
    return frontEnd?.route(request, target);
  };
  return {
    byTarget(request, target) {
      const frontEnd = byKnownTarget.get(target) ?? byPrefix.get(prefixOf(target));
      return (frontEnd ?? plain.get(signingName(request) ?? ""))?.route(request, target);
    },
    byFormat: (request) => (speakerOf(request) === undefined ? undefined : byService(request, undefined)),
    byService,
  };
}

function prefixOf(target: string): string {
  const end = target.indexOf(".");
  return end < 0 ? target : target.slice(0, end);
}
