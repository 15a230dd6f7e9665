import { compileFilterPolicy, type FilterPolicy } from "../../../engine/pattern/filter-policy.ts";
import type {
  SubscriptionConfiguration,
  SubscriptionSettings,
} from "../../../engine/topic/subscription/subscription.ts";
import { present } from "../../../kernel/present.ts";
import type { SubscriptionSubject } from "./redrive-policy.ts";
import { deadLetterTargetOf } from "./redrive-policy.ts";
import { subscriptionAttributes } from "./subscription-attributes.ts";
import { checkEnvelopeType, subscriptionDeliveryPolicyOf } from "./subscription-delivery-policy.ts";

type Attributes = Readonly<Record<string, string>>;

/** The configuration after the given attributes are set: all of them or, when one cannot be, none. */
export function changedSubscription(
  current: Attributes,
  given: Attributes,
  subject: SubscriptionSubject,
): SubscriptionConfiguration {
  const changed = { ...current, ...readAttributes(given, subject) };
  const attributes = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== ""));
  const settings = settingsOf(attributes, subject);
  if (given.DeliveryPolicy !== undefined && attributes.DeliveryPolicy !== undefined && !settings.isRaw) {
    checkEnvelopeType(attributes.DeliveryPolicy, subject.refusal);
  }
  return { attributes, settings };
}

/** Whether a subscription has other values than the given ones. Those not given do not count. */
export function hasOtherSettings(current: Attributes, given: Attributes, subject: SubscriptionSubject): boolean {
  const wanted = changedSubscription({}, given, subject).attributes;
  return Object.keys(given).some((name) => {
    const { fallback = "", isSame } = present(subscriptionAttributes.get(name), "what is known of an attribute");
    const [is, shouldBe] = [current[name] ?? fallback, wanted[name] ?? fallback];
    return is !== shouldBe && isSame?.(is, shouldBe) !== true;
  });
}

/** The given values as they are kept; the empty text stands for none. */
function readAttributes(given: Attributes, subject: SubscriptionSubject): Attributes {
  const { isFifo } = subject.topic.definition.settings;
  const read: Record<string, string> = {};
  for (const [name, text] of Object.entries(given)) {
    const attribute = subscriptionAttributes.get(name);
    if (attribute?.read === undefined || (attribute.isFifoOnly && !isFifo)) return subject.refusal.name(name);
    read[name] = attribute.isClearable && text === "" ? "" : attribute.read(text, subject, name);
  }
  return read;
}

function settingsOf(attributes: Attributes, subject: SubscriptionSubject): SubscriptionSettings {
  return {
    isRaw: attributes.RawMessageDelivery === "true",
    filterPolicy: filterPolicyOf(attributes, subject),
    deadLetterTargetArn: deadLetterTargetOf(attributes.RedrivePolicy),
    deliveryPolicy: subscriptionDeliveryPolicyOf(attributes.DeliveryPolicy),
  };
}

function filterPolicyOf(attributes: Attributes, { refusal }: SubscriptionSubject): FilterPolicy | undefined {
  const { FilterPolicy: text, FilterPolicyScope: scope } = attributes;
  if (text === undefined) return undefined;
  const compiled = compileFilterPolicy(text, scope === "MessageBody" ? "MessageBody" : "MessageAttributes");
  return "error" in compiled ? refusal.value(compiled.error.message) : compiled.policy;
}

/** What is known to differ from AWS in the attributes of a subscription, whichever operation sets them. */
export const subscriptionGaps: readonly string[] = [
  "A dead-letter queue may be in another account; nothing gets there.",
  "AWS's text for a FIFO dead-letter queue of a standard topic's subscription is not known.",
  "Replays are done at once and never fail.",
  "A filter policy that names a path twice, by `$or` or dots, is refused; AWS's engine can be set to let the last one count instead.",
  "A filter policy with more behind its JSON is refused; whether AWS overlooks that is not known.",
  "Filter policies compare numbers as exactly as a double can, also beyond the ±10⁹ and the five decimals that AWS promises.",
  "Retries have no jitter, and of backoff functions other than linear AWS says no more than where they begin and end.",
  "A delivery policy may take more than an hour and ends when that is over; AWS's console refuses it.",
];
