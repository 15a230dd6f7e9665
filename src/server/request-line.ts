import type { ServiceModel } from "../model/contract.ts";
import type { Exchange } from "./exchange.ts";

/** How much of a text is logged that a caller may have made as long as it liked. */
const LONGEST_NAME = 300;
const LONGEST_MESSAGE = 1000;

/** What the log says of a request: whose it was, what it was about and what became of it. Bodies never. */
export function requestFields(
  exchange: Exchange,
  { status, durationMs }: { readonly status: number; readonly durationMs: number },
): Readonly<Record<string, unknown>> {
  const { errorCode, errorMessage, requestId } = exchange;
  return {
    ...askedFields(exchange),
    status,
    errorCode,
    errorMessage: shortened(errorMessage, LONGEST_MESSAGE),
    durationMs,
    requestId,
  };
}

/** Whose a request is and what it is about. */
export function askedFields({ service, operation, resource, scope }: Exchange): Readonly<Record<string, unknown>> {
  return {
    service: shortened(service, LONGEST_NAME),
    operation: shortened(operation, LONGEST_NAME),
    resource: shortened(resource, LONGEST_NAME),
    account: scope?.account,
    region: scope?.region,
  };
}

/** What a request is about: a name, an ARN or a URL as the caller gave it, else the path, which old clients put it in. */
export function resourceOf({ resourceMembers = [] }: ServiceModel, input: unknown, path: string): string | undefined {
  const members = typeof input === "object" && input !== null ? (input as Readonly<Record<string, unknown>>) : {};
  for (const name of resourceMembers) {
    const value = Object.hasOwn(members, name) ? members[name] : undefined;
    if (typeof value === "string" && value !== "") return value;
  }
  return path === "/" ? undefined : path;
}

function shortened(text: string | undefined, most: number): string | undefined {
  return text === undefined || text.length <= most ? text || undefined : `${text.slice(0, most)}…`;
}
