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
  readonly #byToken = new Map<string, PlatformEndpoint>();

  constructor({ arn, name, platform, createdAt }: ApplicationIdentity, settings: ApplicationSettings) {
    this.arn = arn;
    this.name = name;
    this.platform = platform;
    this.createdAt = createdAt;
    this.settings = settings;
  }

  /** Every endpoint, in the order of creation. */
  get endpoints(): readonly PlatformEndpoint[] {
    return [...this.#endpoints.values()];
  }

  endpoint(arn: string): PlatformEndpoint | undefined {
    return this.#endpoints.get(arn);
  }

  endpointByToken(token: string): PlatformEndpoint | undefined {
    return this.#byToken.get(token);
  }

  /** Adds an endpoint, or puts it in the place of the one it was. */
  put(endpoint: PlatformEndpoint): void {
    this.#releaseToken(endpoint.arn);
    this.#endpoints.set(endpoint.arn, endpoint);
    this.#byToken.set(endpoint.settings.token, endpoint);
  }

  remove(arn: string): void {
    this.#releaseToken(arn);
    this.#endpoints.delete(arn);
  }

  #releaseToken(arn: string): void {
    const token = this.#endpoints.get(arn)?.settings.token;
    if (token !== undefined && this.#byToken.get(token)?.arn === arn) this.#byToken.delete(token);
  }
}
