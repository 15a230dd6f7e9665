import { isAccountId, type Scope, scopeOf } from "../../kernel/scope.ts";
import type { WireRequest } from "../../protocol/protocol.ts";
import type { Service } from "../../service/service.ts";
import { credentialText, parseCredential } from "./credential.ts";
import { createHostReader, hostOf } from "./host.ts";
import { remembering } from "./remembering.ts";

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
  services: readonly Service[],
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
