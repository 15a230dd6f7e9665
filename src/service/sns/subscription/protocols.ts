import type { SubscriptionProtocol } from "../../../engine/topic/subscription/subscription-protocol.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { invalid } from "../errors.ts";
import {
  address,
  type CheckEndpoint,
  deliveryStreamArn,
  functionArn,
  phoneNumber,
  platformEndpointArn,
  queueArn,
  url,
} from "./subscription-endpoint.ts";

/** What subscribers of one protocol may and must have. */
interface ProtocolRow {
  readonly checkEndpoint: CheckEndpoint;
  /** Whether messages can do without the envelope. Developer guide, raw message delivery. */
  readonly isRawAllowed: boolean;
  /** Whether messages can have more than 256 KiB. Developer guide, large messages. */
  readonly takesLargeMessages: boolean;
  /**
   * When the endpoint is asked whether it wants a subscription, and whether it meant to lose one. AWS: a queue is, when
   * it is another account's.
   */
  readonly consent: "always" | "of-other-accounts" | "never";
  /** Whether links delete subscriptions, which unsigned calls are. */
  readonly hasUnsubscribeLinks: boolean;
  /** Whether FIFO topics can have such subscribers. */
  readonly isForFifo: boolean;
  /** How many such endpoints one owner may subscribe to a topic. SNS endpoints and quotas. */
  readonly maxOfOwner: number;
  /** Whether a subscription needs a SubscriptionRoleArn. */
  readonly needsRole: boolean;
}

/** Any protocol that nothing more is known of. */
const PLAIN = {
  isRawAllowed: false,
  takesLargeMessages: false,
  consent: "never",
  hasUnsubscribeLinks: true,
  isForFifo: false,
  maxOfOwner: Number.POSITIVE_INFINITY,
  needsRole: false,
} satisfies Partial<ProtocolRow>;

/** Every protocol, and what its subscriptions may and must have. Where their messages go is a matter of delivery. */
export const protocols: Readonly<Record<SubscriptionProtocol, ProtocolRow>> = {
  http: { ...PLAIN, checkEndpoint: url("http:"), isRawAllowed: true, consent: "always" },
  https: { ...PLAIN, checkEndpoint: url("https:"), isRawAllowed: true, consent: "always" },
  email: { ...PLAIN, checkEndpoint: address, consent: "always" },
  "email-json": { ...PLAIN, checkEndpoint: address, consent: "always" },
  sms: { ...PLAIN, checkEndpoint: phoneNumber },
  sqs: {
    ...PLAIN,
    checkEndpoint: queueArn,
    isRawAllowed: true,
    takesLargeMessages: true,
    consent: "of-other-accounts",
    hasUnsubscribeLinks: false,
    isForFifo: true,
  },
  lambda: { ...PLAIN, checkEndpoint: functionArn, takesLargeMessages: true },
  firehose: {
    ...PLAIN,
    checkEndpoint: deliveryStreamArn,
    isRawAllowed: true,
    takesLargeMessages: true,
    maxOfOwner: 5,
    needsRole: true,
  },
  application: { ...PLAIN, checkEndpoint: platformEndpointArn },
};

/** The protocol of that name, if a topic of that type can have subscribers of it. Throws InvalidParameter. */
export function protocolNamed(name: string, { isFifo }: { readonly isFifo: boolean }): SubscriptionProtocol {
  if (!isProtocol(name)) throw invalid(`Amazon SNS does not support this protocol string: ${name}`);
  if (isFifo && !protocols[name].isForFifo) throw invalid(`Invalid protocol type: ${name}`);
  return name;
}

/** Whether endpoints of the protocol are asked what they want. */
export function isAsked(protocol: SubscriptionProtocol): boolean {
  return protocols[protocol].consent !== "never";
}

/** Whether a subscription that the account makes needs nobody's consent. */
export function isConfirmedAtOnce(protocol: SubscriptionProtocol, endpoint: string, account: string): boolean {
  if (protocols[protocol].consent === "of-other-accounts") return parseArn(endpoint)?.account === account;
  return !isAsked(protocol);
}

function isProtocol(name: string): name is SubscriptionProtocol {
  return Object.hasOwn(protocols, name);
}
