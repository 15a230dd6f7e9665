import type { PlatformApplication } from "./platform-application.ts";

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
