import type { SubscriptionProtocol } from "./notification.ts";

/** What engine, service and delivery alike have to know of a protocol. */
interface ProtocolTraits {
  /** Its endpoints are URLs, which may have passwords in them and have delivery policies. */
  readonly hasUrl: boolean;
  /** Its endpoints are queues: their owner has to agree, and they know groups of messages. */
  readonly isQueue: boolean;
}

const OTHER: ProtocolTraits = { hasUrl: false, isQueue: false };

/** The protocols a subscription can have. What else there is to one stands in the rows of service and delivery. */
export const protocolTraits: Readonly<Record<SubscriptionProtocol, ProtocolTraits>> = {
  application: OTHER,
  email: OTHER,
  "email-json": OTHER,
  firehose: OTHER,
  http: { ...OTHER, hasUrl: true },
  https: { ...OTHER, hasUrl: true },
  lambda: OTHER,
  sms: OTHER,
  sqs: { ...OTHER, isQueue: true },
};
