import { UnknownOperation } from "../../protocol/errors.ts";
import { mediaTypeOf } from "../../protocol/protocol.ts";
import type { ServedService } from "../../service/service.ts";
import { byTarget, type FrontEnd, targetFormats } from "./front-end.ts";

/** GAP: what SQS makes of the content types beside its own is not known; these are taken for JSON. */
const TAKEN_FOR_JSON: readonly string[] = [
  "",
  "application/json",
  "application/x-amz-json-1.0",
  "application/x-amz-json-1.1",
];

/** Looks for the operation, whatever else there is about a request. It can be sent to any path. */
export function plainFrontEnd(service: ServedService): FrontEnd {
  const formats = new Map([...targetFormats(service)].map(([type, format]) => [type, byTarget(service, format)]));
  const json = [...formats.values()].find(({ protocol }) => protocol.name !== "awsCbor");
  const [[usualType, usual] = []] = formats;
  for (const type of TAKEN_FOR_JSON) if (json !== undefined && !formats.has(type)) formats.set(type, json);
  return {
    route(request, target) {
      if (request.method !== "POST") return undefined;
      const isUsual = request.headers["content-type"] === usualType; // then there is nothing to take apart
      const format = isUsual ? usual : formats.get(mediaTypeOf(request));
      if (format === undefined) return undefined;
      const route = format.routes.get(target);
      if (route !== undefined) return route;
      const [, operationName] = target.split(".", 2);
      return { kind: "failure", service, protocol: format.protocol, operationName, error: new UnknownOperation() };
    },
  };
}
