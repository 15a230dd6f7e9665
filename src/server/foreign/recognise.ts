import { headerOf, mediaTypeOf, type WireRequest } from "../../protocol/protocol.ts";
import { formOf, textOf } from "../../protocol/query/form.ts";
import type { ServedService } from "../../service/service.ts";
import { hostOf, signingName } from "../route/addressing.ts";
import type { ForeignRoute } from "../route/route-kinds.ts";
import { type ForeignFormat, type ForeignService, foreignServices } from "./catalogue.ts";

/** What a request says of what it wants. */
interface Naming {
  readonly target: string | undefined;
  readonly action: string | undefined;
  readonly version: string | undefined;
}

/** `/service/GraniteServiceVersion20100801/operation/ListMetrics`, as CBOR's second protocol has it. */
const CBOR_PATH = /^\/service\/([^/]+)\/operation\/([^/]+)$/;
const DEFAULT_JSON = "application/x-amz-json-1.0";

/**
 * Tells which service that is not served a request is for, or undefined when it may be for one that is, or for none.
 * It is asked about those requests only that none of ours has taken.
 */
export function createForeignRouter(
  services: readonly ServedService[],
): (request: WireRequest) => ForeignRoute | undefined {
  const ours = new Set(services.map(({ model }) => model.id));
  return (request) => {
    const signedFor = signingName(request) || undefined; // it may be there, and be empty
    if (signedFor !== undefined && ours.has(signedFor)) return undefined;
    const naming = namingOf(request);
    const service = serviceOf(request, naming, signedFor);
    if (service === undefined) return undefined;
    return { kind: "foreign", service, format: formatOf(service, request, naming), operation: operationOf(naming) };
  };
}

function namingOf(request: WireRequest): Naming {
  const [, service, operation] = CBOR_PATH.exec(request.path) ?? [];
  const target = service === undefined ? headerOf(request, "x-amz-target") : `${service}.${operation}`;
  if (target !== undefined) return { target, action: undefined, version: undefined };
  try {
    const form = formOf(request);
    return { target, action: textOf(form, "Action"), version: textOf(form, "Version") };
  } catch {
    return { target, action: undefined, version: undefined };
  }
}

function operationOf({ target, action }: Naming): string | undefined {
  return target === undefined ? action : target.slice(target.lastIndexOf(".") + 1);
}

/** By target, by signature, of several by version, else by what only one of them is; by host at last. */
function serviceOf(
  request: WireRequest,
  { target, action, version }: Naming,
  signedFor: string | undefined,
): ForeignService | undefined {
  const prefix = target?.slice(0, target.lastIndexOf("."));
  const byTarget = foreignServices.find(({ targets = [] }) => prefix !== undefined && targets.includes(prefix));
  if (byTarget !== undefined) return byTarget;
  if (signedFor !== undefined) {
    const able = foreignServices.filter(({ id }) => id === signedFor);
    const isOfForm = ({ version: of }: ForeignService) => (action === undefined ? of === undefined : of === version);
    return able.find(isOfForm) ?? able[0] ?? { id: signedFor, title: `service "${shown(signedFor)}"` };
  }
  if (version !== undefined) return foreignServices.find((service) => service.version === version);
  const labels = hostOf(request).toLowerCase().split(".");
  return labels.length > 1 ? foreignServices.find(({ id }) => labels.includes(id)) : undefined;
}

/** A signing name is whatever a stranger wrote there. */
function shown(text: string): string {
  return text.slice(0, 64);
}

function formatOf({ kind }: ForeignService, request: WireRequest, { target, action }: Naming): ForeignFormat {
  const type = mediaTypeOf(request);
  if (type === "application/cbor") return { kind: "cbor" };
  if (target !== undefined || kind === "json") {
    return { kind: "json", contentType: type.startsWith("application/x-amz-json-") ? type : DEFAULT_JSON };
  }
  if (action !== undefined) return { kind: kind === "ec2" ? kind : "query" };
  return { kind: kind ?? "rest-json" };
}
