import { ageKeyOf, type IndexRange, OrderedIndex } from "../../kernel/collection/ordered-index.ts";
import type { PlatformEndpoint } from "./platform-endpoint.ts";

/** What can be set of an application. */
export interface ApplicationSettings {
  readonly isEnabled: boolean;
  /** Attributes that were set, credentials included. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Who an application is. */
export interface ApplicationIdentity {
  readonly arn: string;
  readonly name: string;
  /** The push service, in AWS's spelling: `GCM`, `APNS_SANDBOX`. */
  readonly platform: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** An application registered with a push service, and its endpoints. Only its account's `Platforms` change it. */
export class PlatformApplication implements ApplicationIdentity {
  readonly arn: string;
  readonly name: string;
  readonly platform: string;
  readonly createdAt: number;
  settings: ApplicationSettings;
  readonly #endpoints = new Map<string, PlatformEndpoint>();
  readonly #inOrder = new OrderedIndex<PlatformEndpoint>(ageKeyOf);
  /** Those that have a token, the one that got it last at the end. */
  readonly #byToken = new Map<string, readonly PlatformEndpoint[]>();
  /** The tokens that several have. */
  readonly #shared = new Set<string>();

  constructor({ arn, name, platform, createdAt }: ApplicationIdentity, settings: ApplicationSettings) {
    this.arn = arn;
    this.name = name;
    this.platform = platform;
    this.createdAt = createdAt;
    this.settings = settings;
  }

  /** The endpoints of that range, by age. */
  endpoints(range?: IndexRange): Iterable<PlatformEndpoint> {
    return this.#inOrder.list(range);
  }

  endpoint(arn: string): PlatformEndpoint | undefined {
    return this.#endpoints.get(arn);
  }

  /** The endpoint that got the token last. */
  endpointByToken(token: string): PlatformEndpoint | undefined {
    return this.#byToken.get(token)?.at(-1);
  }

  /** Endpoints that share a token with others, by their tokens; those of one token in the order in which they got it. */
  *sharingTokens(): Generator<PlatformEndpoint, void, void> {
    // Tokens that came in another order are as good: what there is does not tell of it.
    for (const token of [...this.#shared].sort()) yield* this.#byToken.get(token) ?? [];
  }

  /** Adds an endpoint, or puts it in the place of the one it was. */
  put(endpoint: PlatformEndpoint): void {
    this.#releaseToken(endpoint.arn);
    this.#endpoints.set(endpoint.arn, endpoint);
    this.#inOrder.set(endpoint);
    const { token } = endpoint.settings;
    this.#setHolders(token, [...(this.#byToken.get(token) ?? []), endpoint]);
  }

  remove(arn: string): void {
    const endpoint = this.#endpoints.get(arn);
    if (endpoint === undefined) return;
    this.#releaseToken(arn);
    this.#inOrder.delete(endpoint);
    this.#endpoints.delete(arn);
  }

  #releaseToken(arn: string): void {
    const token = this.#endpoints.get(arn)?.settings.token;
    if (token === undefined) return;
    const left = (this.#byToken.get(token) ?? []).filter((other) => other.arn !== arn);
    this.#setHolders(token, left);
  }

  #setHolders(token: string, holders: readonly PlatformEndpoint[]): void {
    if (holders.length > 0) this.#byToken.set(token, holders);
    else this.#byToken.delete(token);
    if (holders.length > 1) this.#shared.add(token);
    else this.#shared.delete(token);
  }
}

/** What can be heard of an endpoint by whoever looks after its application. Developer guide, application event notifications. */
export type ApplicationEvent = {
  readonly endpointArn: string;
  /** Scheme and authority of the call that led to it. */
  readonly origin: string;
} & (
  | { readonly type: "EndpointCreated" | "EndpointDeleted" | "EndpointUpdated" }
  | ({ readonly type: "DeliveryFailure"; readonly messageId: string } & PushFailure)
);

/** Why a push to an endpoint came to nothing for good. */
export interface PushFailure {
  /** `EndpointDisabled`, and more where a push service has its say. */
  readonly failureType: string;
  readonly failureMessage: string;
}

/** Tells whoever looks after an application what happened to one of its endpoints. Never throws and never waits. */
export type Announce = (application: PlatformApplication, event: ApplicationEvent) => void;
