import { isAccountId, type Scope, scopeOf } from "../../../kernel/scope.ts";
import { isResourceName } from "../../resource-name.ts";
import { InvalidParameterValue } from "../errors.ts";
import type { Attributes } from "./attribute-subject.ts";

/** What a QueueUrl says about the queue it names. What it leaves out is the caller's. */
interface QueueAddress {
  readonly name: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** Where the region stands in the hosts of AWS. Hosts of others say nothing about the queue, but for LocalStack's. */
const AWS_HOSTS: readonly RegExp[] = [
  /^(?:[a-z0-9-]+\.)?sqs(?:-fips)?\.([a-z0-9-]+)\.(?:vpce\.)?amazonaws\.com(?:\.cn)?$/,
  /^sqs(?:-fips)?\.([a-z0-9-]+)\.api\.(?:aws|amazonwebservices\.com\.cn)$/,
  /^([a-z0-9-]+)\.queue\.amazonaws\.com(?:\.cn)?$/,
];
/** As LocalStack writes them. */
const LOCALSTACK_HOSTS: readonly RegExp[] = [
  /^sqs\.([a-z0-9-]+)\.localhost\.localstack\.cloud$/,
  /^([a-z0-9-]+)\.queue\.localhost\.localstack\.cloud$/,
];

/** Clients name the same few queues over and over, so what was read is kept: so many texts, none longer than that. */
const MAX_RECENT = 1000;
const MAX_RECENT_LENGTH = 200;
const recent = new Map<string, QueueAddress>();

/**
 * Reads any form in which clients name a queue: a bare name, `/<account>/<queue>`, `/queue/<region>/<account>/<queue>`
 * or `/queue/<queue>`, the paths with any scheme and host before them. A slash may end a path, as in the examples of
 * AWS's documentation, in QueueUrl and in the URLs of Query requests. Undefined when the text names no queue.
 */
export function readQueueAddress(text: string): QueueAddress | undefined {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const address = parseQueueAddress(text);
  if (recent.size >= MAX_RECENT) recent.clear();
  if (address !== undefined && text.length <= MAX_RECENT_LENGTH) recent.set(text, address);
  return address;
}

function parseQueueAddress(text: string): QueueAddress | undefined {
  const schemeEnd = text.indexOf("://");
  const authority = schemeEnd < 0 ? 0 : schemeEnd + 3;
  const path = text.indexOf("/", authority);
  if (path < 0) return schemeEnd < 0 && text !== "" ? { name: text, account: undefined, region: undefined } : undefined;
  const address = readPath(text, path + 1);
  if (address === undefined || address.region !== undefined) return address;
  const region = regionOfHost(text.slice(authority, path));
  return region === undefined ? address : { ...address, region };
}

/** The path's segments from `start` on. */
function readPath(text: string, start: number): QueueAddress | undefined {
  const end = text.endsWith("/") ? -1 : undefined;
  const [first, second, third, fourth, ...rest] = text.slice(start, end).split("/");
  if (!first || !second || rest.length > 0) return undefined;
  if (third === undefined) {
    if (first === "queue") return { name: second, account: undefined, region: undefined };
    return isAccountId(first) ? { name: second, account: first, region: undefined } : undefined;
  }
  if (first !== "queue" || !isAccountId(third) || !fourth) return undefined;
  return { name: fourth, account: third, region: second };
}

function regionOfHost(authority: string): string | undefined {
  const host = authority.replace(/:\d*$/, "").toLowerCase();
  if (!host.includes("amazon") && !host.endsWith(".aws") && !host.endsWith(".localstack.cloud")) return undefined;
  if (host === "queue.amazonaws.com" || host === "queue.localhost.localstack.cloud") return "us-east-1";
  return regionIn(host, AWS_HOSTS) ?? regionIn(host, LOCALSTACK_HOSTS);
}

function regionIn(host: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const region = pattern.exec(host)?.[1];
    if (region !== undefined) return region;
  }
  return undefined;
}

/** The endpoint a URL of AWS's names, if it is that of another region. */
export function endpointElsewhere(url: string, region: string): string | undefined {
  const [, endpoint, host = ""] = /^(https?:\/\/([^/:]+)(?::\d+)?\/)/i.exec(url) ?? [];
  const named = regionIn(host.toLowerCase(), AWS_HOSTS);
  return named === undefined || named === region ? undefined : endpoint;
}

/** The account and region an address points to, for this caller. */
export function scopeOfAddress({ account, region }: QueueAddress, caller: Scope): Scope {
  const isCallers =
    (account === undefined || account === caller.account) && (region === undefined || region === caller.region);
  return isCallers ? caller : scopeOf(account ?? caller.account, region ?? caller.region);
}

/** The QueueUrl of a queue as this caller can use it. */
export function queueUrlOf(origin: string, account: string, name: string): string {
  return `${origin}/${account}/${name}`;
}

/** Characters of the longest name of a queue. */
export const LONGEST_QUEUE_NAME = 80;

/** Whether the queue being created is a FIFO one. Throws InvalidParameterValue when its name is not one for its type. */
export function queueTypeOf(name: string, attributes: Attributes): { readonly isFifo: boolean } {
  const isFifo = attributes.FifoQueue?.toLowerCase() === "true";
  if (isFifo && !isResourceName(name, LONGEST_QUEUE_NAME, true)) {
    throw new InvalidParameterValue(
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
    );
  }
  if (!isFifo && !isResourceName(name, LONGEST_QUEUE_NAME, false)) {
    throw new InvalidParameterValue(
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    );
  }
  return { isFifo };
}
