import type { Subscribed } from "../../../engine/topic/subscription/registered.ts";
import { protocolTraits } from "../../../engine/topic/subscription/subscription-protocol.ts";
import { isSameJson, parseJsonObject } from "../../../kernel/json/json-object.ts";
import { booleanValue, isRoleArn, oneOf, type ReadValue } from "../attribute-values.ts";
import { protocols } from "./protocols.ts";
import type { SubscriptionSubject } from "./redrive-policy.ts";
import { checkRedrivePolicy, checkReplayPolicy } from "./redrive-policy.ts";
import { checkSubscriptionDeliveryPolicy, effectiveSubscriptionPolicyText } from "./subscription-delivery-policy.ts";

/** What there is to know of one subscription attribute. */
interface SubscriptionAttribute {
  /** The value as it is kept. Absent: nobody can set it. */
  readonly read?: ((text: string, subject: SubscriptionSubject, name: string) => string) & Pick<ReadValue, "takes">;
  /** Whether the empty text takes it away. */
  readonly isClearable?: true;
  readonly isFifoOnly?: true;
  /** What holds, without being kept, while nothing is set. */
  readonly fallback?: string;
  /** What GetSubscriptionAttributes shows; what was set, unless given. */
  readonly show?: (subscribed: Subscribed) => string | undefined;
  /** Whether two values mean the same; equal texts do unless given. */
  readonly isSame?: (a: string, b: string) => boolean;
}

const scopeValue = oneOf(["MessageBody", "MessageAttributes"]);

/** Every attribute of a subscription. API_Subscribe, API_SetSubscriptionAttributes, API_GetSubscriptionAttributes. */
export const subscriptionAttributes: ReadonlyMap<string, SubscriptionAttribute> = new Map<
  string,
  SubscriptionAttribute
>([
  ["SubscriptionArn", { show: ({ subscription }) => subscription.arn }],
  ["TopicArn", { show: ({ topic }) => topic.arn }],
  ["Owner", { show: ({ subscription }) => subscription.owner }],
  ["Protocol", { show: ({ subscription }) => subscription.protocol }],
  ["Endpoint", { show: ({ subscription }) => subscription.shownEndpoint }],
  ["SubscriptionPrincipal", { show: ({ subscription }) => subscription.principal }],
  ["ConfirmationWasAuthenticated", { show: ({ subscription }) => String(subscription.wasAuthenticated) }],
  ["PendingConfirmation", { show: ({ subscription }) => String(subscription.state === "pending") }],
  [
    "RawMessageDelivery",
    { read: rawDelivery, fallback: "false", show: ({ subscription }) => String(subscription.settings.isRaw) },
  ],
  // Whether it is a policy shows once its scope is known.
  ["FilterPolicy", { read: filterPolicyText, isClearable: true, isSame: isSameJson }],
  ["FilterPolicyScope", { read: scopeValue, fallback: "MessageAttributes", show: filterPolicyScope }],
  ["RedrivePolicy", { read: checkRedrivePolicy, isClearable: true, isSame: isSameJson }],
  [
    "DeliveryPolicy",
    { read: (text, { refusal }) => checkSubscriptionDeliveryPolicy(text, refusal), isClearable: true },
  ],
  ["EffectiveDeliveryPolicy", { show: effectiveDeliveryPolicy }],
  ["SubscriptionRoleArn", { read: role, isClearable: true }],
  [
    "ReplayPolicy",
    {
      read: (text, { refusal }) => checkReplayPolicy(text, refusal),
      isClearable: true,
      isFifoOnly: true,
      isSame: isSameJson,
    },
  ],
  ["ReplayStatus", { show: ({ topic, subscription }) => topic.redeliveryStatusOf(subscription) }],
]);

/** What GetSubscriptionAttributes answers: what the subscription does not have is left out. */
export function shownSubscriptionAttributes(subscribed: Subscribed): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [name, { show }] of subscriptionAttributes) {
    const value = show === undefined ? subscribed.subscription.attributes[name] : show(subscribed);
    if (value !== undefined) shown[name] = value;
  }
  return shown;
}

/** AWS: the empty policy takes a policy away, too. Developer guide, removing a filter policy; it is not shown then. */
function filterPolicyText(text: string): string {
  const policy = parseJsonObject(text);
  return policy !== undefined && Object.keys(policy).length === 0 ? "" : text;
}

/** AWS: whoever cannot have raw messages cannot do without them, either; the value is not even looked at. */
function rawDelivery(text: string, subject: SubscriptionSubject, name: string): string {
  const { protocol, refusal } = subject;
  if (protocols[protocol].isRawAllowed) return booleanValue(text, subject, name);
  return refusal.value(`Delivery protocol [${protocol}] does not support raw message delivery.`);
}

/** GAP: AWS's words for a role that cannot be are not known. */
function role(text: string, { refusal }: SubscriptionSubject, name: string): string {
  return isRoleArn(text) ? text : refusal.value(`${name}: ${text} is not a valid role`);
}

/** AWS: shown beside a filter policy only. */
function filterPolicyScope({ subscription: { attributes } }: Subscribed): string | undefined {
  return attributes.FilterPolicy === undefined ? undefined : (attributes.FilterPolicyScope ?? "MessageAttributes");
}

function effectiveDeliveryPolicy({ topic, subscription }: Subscribed): string | undefined {
  if (!protocolTraits[subscription.protocol].hasUrl) return undefined;
  return effectiveSubscriptionPolicyText(
    topic.definition.settings.deliveryPolicy,
    subscription.settings.deliveryPolicy,
  );
}
