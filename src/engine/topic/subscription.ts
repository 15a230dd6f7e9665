import type { FilterPolicy } from "../pattern/filter-policy.ts";
import type { SubscriptionDeliveryPolicy } from "./delivery-policy.ts";
import type { SubscriptionProtocol } from "./notification.ts";
import type { ReplayRequest, ReplayStatus } from "./replay.ts";
import { withHiddenPassword } from "./shown-endpoint.ts";

/** How deliveries to a subscription behave. */
export interface SubscriptionSettings {
  readonly isRaw: boolean;
  readonly filterPolicy: FilterPolicy | undefined;
  readonly deadLetterTargetArn: string | undefined;
  /** HTTP and HTTPS only. */
  readonly deliveryPolicy: SubscriptionDeliveryPolicy | undefined;
}

/** What a subscription starts out with. */
export interface SubscriptionDefinition {
  readonly protocol: SubscriptionProtocol;
  readonly endpoint: string;
  /** Account that subscribed. */
  readonly owner: string;
  /** ARN of whoever subscribed. */
  readonly principal: string;
  /** Whether it gets messages from the start, without anybody following a link. */
  readonly isConfirmed: boolean;
  readonly settings: SubscriptionSettings;
  /** Attributes that were set, in the text they are shown in. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** How a subscription is confirmed. */
export interface Confirmation {
  readonly isAuthenticated: boolean;
  /** Whether unsigned calls may not delete it. */
  readonly refusesUnsigned: boolean;
}

/** A subscription of a topic. Only its topic changes it. */
export class Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: SubscriptionProtocol;
  readonly endpoint: string;
  readonly owner: string;
  readonly principal: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  state: "pending" | "confirmed" | "deleted";
  /** What confirms the subscription, or brings it back after an unsigned Unsubscribe. */
  token: string;
  tokenEndsAt: number;
  settings: SubscriptionSettings;
  attributes: Readonly<Record<string, string>>;
  /** Whether it was confirmed by a signed call. */
  wasAuthenticated: boolean;
  /** Whether unsigned calls may delete it. */
  refusesUnsignedUnsubscribe = false;
  replay: ReplayRequest | undefined;
  /** Whether it gets nothing because its replay ended at a given point. */
  isPaused = false;
  #noted: Subscription["noted"] | undefined;

  constructor(
    identity: Pick<Subscription, "arn" | "topicArn" | "createdAt" | "token" | "tokenEndsAt">,
    definition: SubscriptionDefinition,
  ) {
    this.arn = identity.arn;
    this.topicArn = identity.topicArn;
    this.createdAt = identity.createdAt;
    this.token = identity.token;
    this.tokenEndsAt = identity.tokenEndsAt;
    this.protocol = definition.protocol;
    this.endpoint = definition.endpoint;
    this.owner = definition.owner;
    this.principal = definition.principal;
    this.state = definition.isConfirmed ? "confirmed" : "pending";
    this.settings = definition.settings;
    this.attributes = definition.attributes;
    this.wasAuthenticated = definition.isConfirmed;
  }

  /** What is to be remembered of it when it is gone: no more than names, and the same object each time. */
  get noted(): Pick<Subscription, "arn" | "topicArn" | "protocol" | "shownEndpoint"> {
    const { arn, topicArn, protocol, shownEndpoint } = this;
    this.#noted ??= { arn, topicArn, protocol, shownEndpoint };
    return this.#noted;
  }

  /** The endpoint as readers see it. AWS: without the password that a URL has for the endpoint's owner. */
  get shownEndpoint(): string {
    const isUrl = this.protocol === "http" || this.protocol === "https";
    return isUrl ? withHiddenPassword(this.endpoint) : this.endpoint;
  }

  /** How far its replay is. Replays are delivered at once, so only what they wait for and their ends take time. */
  get replayStatus(): ReplayStatus | undefined {
    if (this.replay === undefined) return undefined;
    if (this.state === "pending") return "Pending";
    return this.replay.endingPoint === undefined || this.isPaused ? "Completed" : "In progress";
  }
}
