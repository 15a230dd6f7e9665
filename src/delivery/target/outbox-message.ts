/** What an outbox message says, in the members that its protocol has. */
export interface OutboxContent {
  readonly from?: string | undefined;
  readonly subject?: string | undefined;
  readonly body: string;
  /** Where a mail's link leads that confirms a subscription, or brings it back. */
  readonly subscribeUrl?: string | undefined;
  /** `Promotional` or `Transactional`. */
  readonly smsType?: string | undefined;
  /** How many parts a text message is sent in. */
  readonly parts?: number | undefined;
  /** The push service, in AWS's spelling, and what it knows the device by. */
  readonly platform?: string | undefined;
  readonly token?: string | undefined;
  /** Message attributes as text, bytes in base64. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/** Who an outbox message is for, and what it belongs to. */
export interface OutboxAddress {
  readonly account: string;
  readonly region: string;
  readonly protocol: string;
  /** Mail address, phone number, or the ARN of an endpoint, a stream or a function. */
  readonly to: string;
  readonly type: "Notification" | "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly messageId: string;
  /** Both absent from what was published straight to its receiver. */
  readonly topicArn?: string | undefined;
  readonly subscriptionArn?: string | undefined;
}

/** A message that would have left this machine. */
export interface OutboxMessage extends OutboxAddress, OutboxContent {
  /** ISO 8601. */
  readonly time: string;
}
