import {
  effectivePolicy,
  type RetryPolicy,
  type SubscriptionDeliveryPolicy,
  type TopicDeliveryPolicy,
} from "../../../engine/topic/delivery-policy.ts";
import { attributeObject } from "../attribute-values.ts";
import { DocumentReader } from "../document-reader.ts";
import { type Refusal, whenSet } from "../refusal.ts";
import { ENVELOPE_TYPES, RAW_TYPES, readThrottlePolicy, requestPolicyReader } from "./delivery-policy-parts.ts";
import { readRetryPolicy } from "./retry-policy.ts";

/** AWS: what a subscription's retry policy cannot do without. */
const MANDATORY: readonly (keyof RetryPolicy)[] = ["numRetries", "minDelayTarget", "maxDelayTarget"];

/** A subscription's DeliveryPolicy as it is kept and shown: always five members, null where nothing was given. */
export function checkSubscriptionDeliveryPolicy(text: string, refusal: Refusal): string {
  const policy = read(text, { types: RAW_TYPES, refusal });
  return textOf(policy, policy);
}

/** Refuses the content types that only raw messages can have. */
export function checkEnvelopeType(text: string, refusal: Refusal): void {
  read(text, { types: ENVELOPE_TYPES, refusal });
}

/** What the kept text says. */
export function subscriptionDeliveryPolicyOf(text: string | undefined): SubscriptionDeliveryPolicy | undefined {
  return text === undefined ? undefined : read(text, { types: RAW_TYPES, refusal: whenSet });
}

/** EffectiveDeliveryPolicy: the policy with its gaps filled from the topic's. */
export function effectiveSubscriptionPolicyText(
  topic: TopicDeliveryPolicy | undefined,
  policy: SubscriptionDeliveryPolicy | undefined,
): string {
  return textOf(effectivePolicy(topic, policy), policy);
}

function read(
  text: string,
  { types, refusal }: { readonly types: readonly string[]; readonly refusal: Refusal },
): SubscriptionDeliveryPolicy {
  const object = attributeObject("DeliveryPolicy", text, refusal);
  const document = new DocumentReader(object, "DeliveryPolicy", refusal);
  document.only("healthyRetryPolicy", "sicklyRetryPolicy", "throttlePolicy", "requestPolicy", "guaranteed");
  return {
    healthyRetryPolicy: document.object("healthyRetryPolicy", readWholeRetryPolicy),
    sicklyRetryPolicy: document.object("sicklyRetryPolicy", readWholeRetryPolicy),
    throttlePolicy: document.object("throttlePolicy", readThrottlePolicy),
    requestPolicy: document.object("requestPolicy", requestPolicyReader(types)),
    isGuaranteed: document.boolean("guaranteed") ?? false,
  };
}

function textOf(
  { healthyRetryPolicy, throttlePolicy, requestPolicy }: SubscriptionDeliveryPolicy,
  own: SubscriptionDeliveryPolicy | undefined,
): string {
  return JSON.stringify({
    healthyRetryPolicy: whole(healthyRetryPolicy),
    sicklyRetryPolicy: whole(own?.sicklyRetryPolicy),
    throttlePolicy: throttlePolicy ?? null,
    requestPolicy: requestPolicy ?? null,
    guaranteed: own?.isGuaranteed ?? false,
  });
}

/** AWS: a retry policy shows all of its members, in this order, null where nothing was given. */
const NOTHING_GIVEN: Readonly<Record<keyof RetryPolicy, null>> = {
  minDelayTarget: null,
  maxDelayTarget: null,
  numRetries: null,
  numMaxDelayRetries: null,
  numNoDelayRetries: null,
  numMinDelayRetries: null,
  backoffFunction: null,
};

function whole(policy: Partial<RetryPolicy> | undefined): object | null {
  return policy === undefined ? null : { ...NOTHING_GIVEN, ...policy };
}

function readWholeRetryPolicy(reader: DocumentReader): Partial<RetryPolicy> {
  const missing = MANDATORY.find((name) => !reader.has(name));
  if (missing !== undefined) reader.refuse(missing, "must be specified");
  return readRetryPolicy(reader);
}
