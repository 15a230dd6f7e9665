/** What engine, service and delivery alike have to know of a protocol. */
interface ProtocolTraits {
  /** Its endpoints are URLs, which may have passwords in them and have delivery policies. */
  readonly hasUrl: boolean;
  /** Its endpoints are queues, which know groups of messages. */
  readonly isQueue: boolean;
}

const OTHER: ProtocolTraits = { hasUrl: false, isQueue: false };

const traits = {
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

/**
 * The protocols a subscription can have, in AWS's spelling. Service and delivery each have a table of them with a row for
 * every protocol: what its subscriptions may and must have, and where its messages go.
 */
export type SubscriptionProtocol = keyof typeof traits;

export const protocolTraits: Readonly<Record<SubscriptionProtocol, ProtocolTraits>> = traits;
