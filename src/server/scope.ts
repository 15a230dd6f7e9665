import { isAccountId, type Scope, scopeOf } from "../kernel/scope.ts";
import type { WireRequest } from "../protocol/protocol.ts";
import type { Service } from "../service/service.ts";
import { credentialText, parseCredential } from "./credential.ts";
import { createHostReader, hostOf } from "./host.ts";
import { remembering } from "./remembering.ts";

/** Whom a request belongs to when it does not say. */
export interface ScopeDefaults {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/**
 * Tells account and region of a caller. The region is the one signed for, else the one in the host name, else the
 * default. An access key id of twelve digits is the account; any other belongs to the default account.
 */
export function createScopeReader(
  services: readonly Service[],
  defaults: ScopeDefaults,
): (request: WireRequest) => Scope {
  const readHost = createHostReader(services.map(({ model }) => model));
  const ofCredential = remembering((text) => scopeOfCredential(text, defaults));
  const ofHost = remembering((host) => scopeOf(defaults.account, readHost(host)?.region ?? defaults.region));
  return (request) => {
    const credential = credentialText(request);
    return credential === undefined ? ofHost(hostOf(request)) : ofCredential(credential);
  };
}

function scopeOfCredential(text: string, defaults: ScopeDefaults): Scope {
  const { accessKeyId = "", region = "" } = parseCredential(text) ?? {};
  const account = isAccountId(accessKeyId) ? accessKeyId : defaults.account;
  return scopeOf(account, isRegion(region) ? region : defaults.region);
}

/** Any name goes, as long as it can stand in an ARN and in a host name. */
function isRegion(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}
