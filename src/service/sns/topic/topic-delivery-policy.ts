import { effectiveTopicPolicy, type TopicDeliveryPolicy } from "../../../engine/topic/delivery-policy.ts";
import { attributeObject } from "../attribute-values.ts";
import { DocumentReader } from "../document-reader.ts";
import { type Refusal, whenSet } from "../refusal.ts";
import { ENVELOPE_TYPES, readThrottlePolicy, requestPolicyReader } from "../subscription/delivery-policy-parts.ts";
import { readRetryPolicy } from "../subscription/retry-policy.ts";

/** A topic's DeliveryPolicy as it is kept: what was given, without nulls, members in AWS's order. */
export function checkTopicDeliveryPolicy(text: string, refusal: Refusal): string {
  return JSON.stringify({ http: read(text, refusal) });
}

/** What the kept text says. */
export function topicDeliveryPolicyOf(text: string | undefined): TopicDeliveryPolicy | undefined {
  return text === undefined ? undefined : read(text, whenSet);
}

/** EffectiveDeliveryPolicy: the policy with its gaps filled. */
export function effectiveTopicPolicyText(policy: TopicDeliveryPolicy | undefined): string {
  return JSON.stringify({ http: effectiveTopicPolicy(policy) });
}

function read(text: string, refusal: Refusal): TopicDeliveryPolicy {
  const object = attributeObject("DeliveryPolicy", text, refusal);
  const document = new DocumentReader(object, "DeliveryPolicy", refusal);
  document.only("http");
  return document.object("http", readHttp) ?? { disableSubscriptionOverrides: false };
}

function readHttp(http: DocumentReader): TopicDeliveryPolicy {
  http.only(
    "defaultHealthyRetryPolicy",
    "defaultThrottlePolicy",
    "disableSubscriptionOverrides",
    "defaultRequestPolicy",
  );
  return {
    defaultHealthyRetryPolicy: http.object("defaultHealthyRetryPolicy", readRetryPolicy),
    defaultThrottlePolicy: http.object("defaultThrottlePolicy", readThrottlePolicy),
    disableSubscriptionOverrides: http.boolean("disableSubscriptionOverrides") ?? false,
    defaultRequestPolicy: http.object("defaultRequestPolicy", requestPolicyReader(ENVELOPE_TYPES)),
  };
}
