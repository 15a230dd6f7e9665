import type { FilterPolicy } from "../../pattern/filter-policy.ts";
import type { ArchiveRange } from "../archive.ts";
import type { SubscriptionDeliveryPolicy } from "../delivery-policy.ts";
import type { SubscriptionProtocol } from "./subscription-protocol.ts";
import { protocolTraits } from "./subscription-protocol.ts";

/** How deliveries to a subscription behave. */
export interface SubscriptionSettings {
  readonly isRaw: boolean;
  readonly filterPolicy: FilterPolicy | undefined;
  readonly deadLetterTargetArn: string | undefined;
  /** HTTP and HTTPS only. */
  readonly deliveryPolicy: SubscriptionDeliveryPolicy | undefined;
}

/** What can be changed of a subscription. */
export interface SubscriptionConfiguration {
  readonly settings: SubscriptionSettings;
  /** Attributes that were set, in the text they are shown in. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a subscription starts out with. */
export interface SubscriptionDefinition extends SubscriptionConfiguration {
  readonly protocol: SubscriptionProtocol;
  readonly endpoint: string;
  /** Account that subscribed. */
  readonly owner: string;
  /** ARN of whoever subscribed. */
  readonly principal: string;
  /** Whether it gets messages from the start, without anybody following a link. */
  readonly isConfirmed: boolean;
  /** What it wants of the archive first. */
  readonly redelivery?: ArchiveRange | undefined;
}

/** How far a redelivery from the archive is, in AWS's words for a replay. */
export type RedeliveryStatus = "Pending" | "In progress" | "Completed" | "Failed";

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
  /** When it was deleted, while it is; epoch milliseconds. */
  deletedAt: number | undefined;
  settings: SubscriptionSettings;
  attributes: Readonly<Record<string, string>>;
  /** Whether it was confirmed by a signed call. */
  wasAuthenticated: boolean;
  /** Whether unsigned calls may delete it. */
  refusesUnsignedUnsubscribe = false;
  /** What it asked for of the archive. */
  redelivery: ArchiveRange | undefined;
  /** Whether it gets nothing because its redelivery ended at a given point. */
  isPaused = false;
  /** What is to be remembered of it when it is gone: no more than names. */
  readonly noted: Pick<Subscription, "arn" | "topicArn" | "protocol" | "shownEndpoint">;

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
    this.redelivery = definition.redelivery;
    const { arn, topicArn, protocol, endpoint } = this;
    const shownEndpoint = protocolTraits[protocol].hasUrl ? withHiddenPassword(endpoint) : endpoint;
    this.noted = { arn, topicArn, protocol, shownEndpoint };
  }

  /** A copy that does not change any more, without the filter policy, which may be large. */
  detached(): Subscription {
    const { protocol, endpoint, owner, principal, state } = this;
    const settings = { ...this.settings, filterPolicy: undefined };
    const isConfirmed = state === "confirmed";
    return new Subscription(this, { protocol, endpoint, owner, principal, isConfirmed, settings, attributes: {} });
  }

  /** The endpoint as readers see it. AWS: without the password that a URL has for the endpoint's owner. */
  get shownEndpoint(): string {
    return this.noted.shownEndpoint;
  }

  /** Whether it was confirmed in the way in which those are that need no confirmation. */
  get hasPlainConfirmation(): boolean {
    return this.wasAuthenticated && !this.refusesUnsignedUnsubscribe;
  }

  /** How far its redelivery is. That is done at once, so only what it waits for and its end take time. */
  get redeliveryStatus(): RedeliveryStatus | undefined {
    if (this.redelivery === undefined) return undefined;
    if (this.state === "pending") return "Pending";
    return this.redelivery.endingPoint === undefined || this.isPaused ? "Completed" : "In progress";
  }
}

const AUTHORITY = "://";
/** AWS: what stands for a password wherever an endpoint is shown. */
const HIDDEN = "****";

/** The URL without the password it may have in it: `https://user:****@host/path`. */
export function withHiddenPassword(url: string): string {
  const start = url.indexOf(AUTHORITY) + AUTHORITY.length;
  const length = url.slice(start).search(/[/\\?#]/);
  const authority = length < 0 ? url.slice(start) : url.slice(start, start + length);
  const colon = authority.indexOf(":");
  const at = authority.lastIndexOf("@");
  if (colon < 0 || at < colon) return url;
  return `${url.slice(0, start + colon + 1)}${HIDDEN}${url.slice(start + at)}`;
}
