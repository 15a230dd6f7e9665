/** A device, or an application on one, that a push service can reach. */
export interface PlatformEndpoint {
  readonly arn: string;
  readonly applicationArn: string;
  /** In AWS's spelling: `GCM`, `APNS_SANDBOX`. */
  readonly platform: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly settings: EndpointSettings;
}

/** What can be set of an endpoint. */
export interface EndpointSettings {
  /** What the push service knows the device by. */
  readonly token: string;
  readonly isEnabled: boolean;
  readonly customUserData: string | undefined;
}
