/** How the gaps between the retries of the backoff phase grow. */
export type BackoffFunction = "arithmetic" | "exponential" | "geometric" | "linear";

/** When a failed HTTP delivery is tried again. Delays in seconds, as in the policy document. */
export interface RetryPolicy {
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numRetries: number;
  readonly numMaxDelayRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly backoffFunction: BackoffFunction;
}

export interface ThrottlePolicy {
  readonly maxReceivesPerSecond: number;
}

export interface RequestPolicy {
  readonly headerContentType: string;
}

/** A topic's DeliveryPolicy, with only the parts that were given. */
export interface TopicDeliveryPolicy {
  readonly defaultHealthyRetryPolicy?: Partial<RetryPolicy> | undefined;
  readonly defaultThrottlePolicy?: ThrottlePolicy | undefined;
  readonly defaultRequestPolicy?: RequestPolicy | undefined;
  readonly disableSubscriptionOverrides: boolean;
}

/** A topic's policy with its gaps filled. */
interface EffectiveTopicPolicy extends TopicDeliveryPolicy {
  readonly defaultHealthyRetryPolicy: RetryPolicy;
  readonly defaultRequestPolicy: RequestPolicy;
}

/** A subscription's DeliveryPolicy, with only the parts that were given. */
export interface SubscriptionDeliveryPolicy {
  readonly healthyRetryPolicy?: Partial<RetryPolicy> | undefined;
  readonly sicklyRetryPolicy?: Partial<RetryPolicy> | undefined;
  readonly throttlePolicy?: ThrottlePolicy | undefined;
  readonly requestPolicy?: RequestPolicy | undefined;
  /** AWS keeps and shows it; nothing is known to depend on it. */
  readonly isGuaranteed?: boolean;
}

/** What holds for the deliveries of one HTTP subscription. */
export interface EffectiveDeliveryPolicy {
  readonly healthyRetryPolicy: RetryPolicy;
  readonly throttlePolicy: ThrottlePolicy | undefined;
  readonly requestPolicy: RequestPolicy;
}

/** AWS's defaults, members in the order AWS prints them. Recorded from GetTopicAttributes. */
const DEFAULT_RETRY_POLICY: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: "linear",
};

const DEFAULT_REQUEST_POLICY: RequestPolicy = { headerContentType: "text/plain; charset=UTF-8" };

/** What holds for a topic, members in the order AWS prints them. */
export function effectiveTopicPolicy(policy: TopicDeliveryPolicy | undefined): EffectiveTopicPolicy {
  return {
    defaultHealthyRetryPolicy: { ...DEFAULT_RETRY_POLICY, ...policy?.defaultHealthyRetryPolicy },
    defaultThrottlePolicy: policy?.defaultThrottlePolicy,
    disableSubscriptionOverrides: policy?.disableSubscriptionOverrides ?? false,
    defaultRequestPolicy: policy?.defaultRequestPolicy ?? DEFAULT_REQUEST_POLICY,
  };
}

/** What holds for a subscription: its own policy, member by member before the topic's, unless the topic forbids that. */
export function effectivePolicy(
  topic: TopicDeliveryPolicy | undefined,
  subscription: SubscriptionDeliveryPolicy | undefined,
): EffectiveDeliveryPolicy {
  const defaults = effectiveTopicPolicy(topic);
  const own = defaults.disableSubscriptionOverrides ? undefined : subscription;
  return {
    healthyRetryPolicy: own?.healthyRetryPolicy
      ? { ...DEFAULT_RETRY_POLICY, ...own.healthyRetryPolicy }
      : defaults.defaultHealthyRetryPolicy,
    throttlePolicy: own?.throttlePolicy ?? defaults.defaultThrottlePolicy,
    requestPolicy: own?.requestPolicy ?? defaults.defaultRequestPolicy,
  };
}
