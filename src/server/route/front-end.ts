import type { ProtocolName } from "../../model/contract.ts";
import { CBOR_TYPE } from "../../protocol/cbor/cbor.ts";
import type { Protocol, WireRequest } from "../../protocol/protocol.ts";
import { protocols } from "../../protocol/protocols.ts";
import type { ServedService } from "../../service/service.ts";
import { type NamedRoute, type OperationRoute, operationRoutes, type RefusedRoute } from "./route-kinds.ts";

/** What judges the requests for a service that have a target: `X-Amz-Target: AmazonSQS.SendMessage`. */
export interface FrontEnd {
  /** Undefined when the request is in no form that the front end takes. */
  route(request: WireRequest, target: string): NamedRoute | RefusedRoute | undefined;
}

/** A format in which the operation stands in the target. */
export interface TargetFormat {
  readonly protocol: Protocol;
  /** By the names of operations. */
  readonly routes: ReadonlyMap<string, OperationRoute>;
}

const mediaTypes: Readonly<Partial<Record<ProtocolName, string>>> = {
  awsJson1_0: "application/x-amz-json-1.0",
  awsJson1_1: "application/x-amz-json-1.1",
  awsCbor: CBOR_TYPE,
};

/** The media types of the service's formats that have targets. */
export function targetTypes({ model }: ServedService): readonly string[] {
  return model.protocols.flatMap((name) => mediaTypes[name] ?? []);
}

/** The service's formats that have targets, by their media types; in the order in which it declares them. */
export function targetFormats(service: ServedService): ReadonlyMap<string, TargetFormat> {
  const formats = new Map<string, TargetFormat>();
  for (const name of service.model.protocols) {
    const type = mediaTypes[name];
    const protocol = protocols[name];
    if (type !== undefined) formats.set(type, { protocol, routes: operationRoutes(service, protocol) });
  }
  return formats;
}

/** The format with its routes by target instead of by name, so that finding one takes nothing apart. */
export function byTarget({ model }: ServedService, { protocol, routes }: TargetFormat): TargetFormat {
  const entries = [...routes].map(([name, route]): readonly [string, OperationRoute] => [
    `${model.targetPrefix}.${name}`,
    route,
  ]);
  return { protocol, routes: new Map(entries) };
}
