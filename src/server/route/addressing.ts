import { present } from "../../kernel/present.ts";
import { isAccountId, type Scope, scopeOf } from "../../kernel/scope.ts";
import type { ServiceModel } from "../../model/contract.ts";
import { headerOf, type WireRequest } from "../../protocol/protocol.ts";
import type { ServedService } from "../../service/service.ts";

/** The parts of a SigV4 credential that say who calls what, where. Signatures are not verified. */
interface Credential {
  readonly accessKeyId: string;
  /** Absent in the asymmetric variant of SigV4, which signs for several regions at once. */
  readonly region: string | undefined;
  readonly service: string;
}

/** `Authorization: AWS4-HMAC-SHA256 Credential=key/date/region/service/aws4_request, SignedHeaders=…, Signature=…` */
const IN_HEADER = "Credential=";
/** The same in a presigned URL. */
const IN_QUERY = "X-Amz-Credential=";

/** The credential's text, `key/date/region/service/aws4_request`, or undefined when the request is not signed. */
export function credentialText(request: WireRequest): string | undefined {
  const header = headerOf(request, "authorization") ?? "";
  const { query } = request;
  return textAfter(header, IN_HEADER, ",") ?? unescaped(textAfter(query, IN_QUERY, "&")) ?? inOldLink(query);
}

/**
 * The same for `AWSAccessKeyId=…&Signature=…&Expires=…`, as boto3 presigns for S3 unless told otherwise: version 2 of signatures,
 * which names neither service nor region. Query requests of that version say that they are.
 */
function inOldLink(query: string): string | undefined {
  const key = unescaped(textAfter(query, "AWSAccessKeyId=", "&"));
  const isLink = query.includes("Signature=") && query.includes("Expires=") && !query.includes("SignatureVersion=");
  return key === undefined || !isLink ? undefined : `${key}/-/s3/aws4_request`;
}

/** The parts of a credential's text, or undefined when it is none. */
function parseCredential(text: string): Credential | undefined {
  const parts = text.trim().split("/");
  const service = parts.at(-2);
  if (service === undefined || parts.length < 4 || parts.length > 5) return undefined;
  return {
    accessKeyId: parts[0] ?? "",
    region: parts.length === 5 ? parts[2] : undefined,
    service,
  };
}

function textAfter(text: string, start: string, end: string): string | undefined {
  const at = text.indexOf(start);
  if (at < 0) return undefined;
  const from = at + start.length;
  const to = text.indexOf(end, from);
  return to < 0 ? text.slice(from) : text.slice(from, to);
}

function unescaped(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const serviceOf = remembering((text) => parseCredential(text)?.service);

/** The service a request is signed for. */
export function signingName(request: WireRequest): string | undefined {
  const text = credentialText(request);
  return text === undefined ? undefined : serviceOf(text);
}

/** What a host name in AWS's manner says. */
interface NamedByHost {
  /** Id of the service. */
  readonly service: string;
  readonly region: string | undefined;
}

/** `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`. */
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/** AWS: the hosts without a region are from the days when there was one. */
const REGION_OF_OLD = "us-east-1";

/** Host and port the caller addressed. */
export function hostOf(request: WireRequest): string {
  return headerOf(request, "host") ?? "";
}

/**
 * Understands `sqs.eu-west-1.amazonaws.com`, `sqs-fips.us-east-1.amazonaws.com`, `eu-west-1.queue.amazonaws.com`,
 * `queue.amazonaws.com`, and the same under any other domain.
 */
export function createHostReader(models: readonly ServiceModel[]): (host: string) => NamedByHost | undefined {
  const serviceOf = new Map<string, string>();
  for (const { id, hostAliases = [] } of models) {
    for (const label of [id, ...hostAliases]) serviceOf.set(label, id).set(`${label}-fips`, id);
  }
  return (host) => {
    const labels = host.toLowerCase().replace(/:\d+$/, "").split(".");
    const at = labels.findIndex((label) => serviceOf.has(label));
    if (at < 0) return undefined;
    return {
      service: present(serviceOf.get(labels[at] ?? ""), "the service of a host"),
      region: regionBeside(labels, at),
    };
  };
}

/** Tells the id of the service that a request is signed for, else of the one its host names. */
export function createServiceReader(models: readonly ServiceModel[]): (request: WireRequest) => string | undefined {
  const readHost = createHostReader(models);
  return (request) => signingName(request) ?? readHost(hostOf(request))?.service;
}

function regionBeside(labels: readonly string[], at: number): string | undefined {
  const named = [labels[at + 1], labels[at - 1]].find((label) => label !== undefined && REGION.test(label));
  if (named !== undefined) return named;
  return labels.slice(at + 1).join(".") === "amazonaws.com" ? REGION_OF_OLD : undefined;
}

/** Whom a request belongs to when it does not say. */
export interface ScopeDefaults {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/** Where a request goes. */
export interface CalledPlace {
  /** Account and region of the caller. */
  readonly scope: Scope;
  /** Whether the region is the one the request names, and not the default. */
  readonly namesRegion: boolean;
}

/**
 * Tells account and region of a caller. The region is the one signed for, else the one in the host name, else the
 * default. An access key id of twelve digits is the account; any other belongs to the default account.
 */
export function createPlaceReader(
  services: readonly ServedService[],
  defaults: ScopeDefaults,
): (request: WireRequest) => CalledPlace {
  const readHost = createHostReader(services.map(({ model }) => model));
  const ofCredential = remembering((text) => placeOfCredential(text, defaults));
  const ofHost = remembering((host) => placeIn(readHost(host)?.region, defaults.account, defaults));
  return (request) => {
    const credential = credentialText(request);
    return credential === undefined ? ofHost(hostOf(request)) : ofCredential(credential);
  };
}

function placeOfCredential(text: string, defaults: ScopeDefaults): CalledPlace {
  const { accessKeyId = "", region = "" } = parseCredential(text) ?? {};
  const account = isAccountId(accessKeyId) ? accessKeyId : defaults.account;
  return placeIn(isRegion(region) ? region : undefined, account, defaults);
}

function placeIn(region: string | undefined, account: string, defaults: ScopeDefaults): CalledPlace {
  return { scope: scopeOf(account, region ?? defaults.region), namesRegion: region !== undefined };
}

/** Any name goes, as long as it can stand in an ARN and in a host name. */
function isRegion(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}

/** Clients sign with few credentials and call few hosts, so a handful of answers spares nearly every request the parsing. */
const MAX_REMEMBERED = 64;

/** The function with its latest answers kept. */
function remembering<T>(compute: (text: string) => T): (text: string) => T {
  const remembered = new Map<string, T>();
  let latest: { readonly text: string; readonly value: T } | undefined;
  const learn = (text: string): T => {
    const value = compute(text);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(text, value);
    return value;
  };
  return (text) => {
    // Mostly it is the one before, and to compare takes half as long as to look it up.
    if (latest?.text !== text) latest = { text, value: remembered.get(text) ?? learn(text) };
    return latest.value;
  };
}
