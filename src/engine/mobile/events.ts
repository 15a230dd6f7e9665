import type { ApplicationIdentity, ApplicationSettings } from "./platform-application.ts";
import type { EndpointSettings, PlatformEndpoint } from "./platform-endpoint.ts";

/** What can happen to the platform applications of an account and region. Instants in epoch milliseconds. */
export type MobileEvent = { readonly at: number } & (
  | {
      readonly type: "applicationCreated";
      readonly identity: ApplicationIdentity;
      readonly settings: ApplicationSettings;
    }
  | { readonly type: "applicationConfigured"; readonly arn: string; readonly settings: ApplicationSettings }
  | { readonly type: "applicationDeleted"; readonly arn: string }
  | { readonly type: "endpointCreated"; readonly endpoint: PlatformEndpoint }
  | {
      readonly type: "endpointConfigured";
      readonly applicationArn: string;
      readonly arn: string;
      readonly settings: EndpointSettings;
    }
  | { readonly type: "endpointDeleted"; readonly applicationArn: string; readonly arn: string }
  | { readonly type: "applicationsReset" }
);
