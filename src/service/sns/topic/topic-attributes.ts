import type { Topic } from "../../../engine/topic/topic.ts";
import { characterCount } from "../../../kernel/character-count.ts";
import { isSameJson } from "../../../kernel/json/json-object.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import { anyText, booleanValue, feedbackRole, oneOf, type ReadValue, wholeNumber } from "../attribute-values.ts";
import type { Refusal } from "../refusal.ts";
import { checkArchivePolicy } from "./archive-policy.ts";
import { checkTopicDeliveryPolicy, effectiveTopicPolicyText } from "./topic-delivery-policy.ts";
import { checkTopicPolicy, defaultPolicy } from "./topic-policy.ts";

/** The topic whose attributes are being set; it may not exist yet. */
export interface TopicSubject {
  readonly arn: string;
  readonly scope: Scope;
  readonly isFifo: boolean;
  /** What it has so far. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly refusal: Refusal;
}

/** What there is to know of one topic attribute. */
interface TopicAttribute {
  /** The value as it is kept; the empty text for none. Absent: nobody can set it. */
  readonly read?: ((text: string, subject: TopicSubject, name: string) => string) & Pick<ReadValue, "takes">;
  /** Whether the empty text takes it away. */
  readonly isClearable?: true;
  readonly isFifoOnly?: true;
  readonly isCreateOnly?: true;
  /** What holds, without being kept, while nothing is set. */
  readonly fallback?: (topic: Pick<TopicSubject, "arn" | "scope">) => string;
  /** What GetTopicAttributes shows; what was set, unless given. */
  readonly show?: (topic: Topic) => string | undefined;
  /** Whether two values mean the same; equal texts do unless given. */
  readonly isSame?: (a: string, b: string) => boolean;
}

const SCOPES = oneOf(["Topic", "MessageGroup"]);

/** AWS: in characters. CloudFormation user guide, AWS::SNS::Topic. */
const LONGEST_DISPLAY_NAME = 100;

const signatureVersion = oneOf(["1", "2"], () => "SignatureVersion: Invalid value. Must be 1 or 2.");
const tracingConfig = oneOf(["PassThrough", "Active"], (text) => `Invalid tracing config value: ${text}`);

const defaultPolicyText = (topic: Pick<TopicSubject, "arn" | "scope">) => JSON.stringify(defaultPolicy(topic));

const role: TopicAttribute = { read: feedbackRole, isClearable: true };
const sampleRate: TopicAttribute = { read: wholeNumber(0, 100), isClearable: true };

/** Every attribute of a topic, in the order shown. API_CreateTopic, API_SetTopicAttributes, API_GetTopicAttributes. */
export const topicAttributes: ReadonlyMap<string, TopicAttribute> = new Map<string, TopicAttribute>([
  ["TopicArn", { show: ({ arn }) => arn }],
  ["Owner", { show: ({ scope }) => scope.account }],
  [
    "DisplayName",
    {
      read: displayName,
      isClearable: true,
      fallback: () => "",
      show: ({ definition }) => definition.settings.displayName,
    },
  ],
  [
    "Policy",
    {
      read: (text, { refusal }) => checkTopicPolicy(text, refusal),
      isClearable: true,
      fallback: defaultPolicyText,
      show: (topic) => topic.definition.attributes.Policy ?? defaultPolicyText(topic),
      isSame: isSameJson,
    },
  ],
  ["DeliveryPolicy", { read: (text, { refusal }) => checkTopicDeliveryPolicy(text, refusal), isClearable: true }],
  [
    "EffectiveDeliveryPolicy",
    { show: ({ definition }) => effectiveTopicPolicyText(definition.settings.deliveryPolicy) },
  ],
  ["SubscriptionsConfirmed", { show: ({ counts }) => String(counts.confirmed) }],
  ["SubscriptionsPending", { show: ({ counts }) => String(counts.pending) }],
  ["SubscriptionsDeleted", { show: ({ counts }) => String(counts.deleted) }],
  ["FifoTopic", { read: booleanValue, isCreateOnly: true, fallback: () => "false" }],
  ["ContentBasedDeduplication", { read: booleanValue, isFifoOnly: true }],
  [
    "FifoThroughputScope",
    { read: Object.assign(throughputScope, { takes: SCOPES.takes }), isFifoOnly: true, fallback: () => "Topic" },
  ],
  [
    "ArchivePolicy",
    { read: (text, { refusal }) => checkArchivePolicy(text, refusal), isFifoOnly: true, isSame: isSameJson },
  ],
  ["BeginningArchiveTime", { show: beginningArchiveTime }],
  ["KmsMasterKeyId", { read: anyText, isClearable: true }],
  ["SignatureVersion", { read: signatureVersion, fallback: () => "1" }],
  ["TracingConfig", { read: tracingConfig, fallback: () => "PassThrough" }],
  ["MaximumMessageSize", { read: wholeNumber(1024, 1_048_576), fallback: () => "262144" }],
  ...["HTTP", "Firehose", "Lambda", "Application", "SQS"].flatMap((protocol): [string, TopicAttribute][] => [
    [`${protocol}SuccessFeedbackRoleArn`, role],
    [`${protocol}SuccessFeedbackSampleRate`, sampleRate],
    [`${protocol}FailureFeedbackRoleArn`, role],
  ]),
]);

/** What GetTopicAttributes answers: what the topic does not have is left out. */
export function shownTopicAttributes(topic: Topic): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [name, { show }] of topicAttributes) {
    const value = show === undefined ? topic.definition.attributes[name] : show(topic);
    if (value !== undefined) shown[name] = value;
  }
  return shown;
}

function displayName(text: string, { refusal }: TopicSubject, name: string): string {
  return characterCount(text) > LONGEST_DISPLAY_NAME ? refusal.value(name) : text;
}

/** AWS: deduplication within groups is for good. */
function throughputScope(text: string, subject: TopicSubject, name: string): string {
  const value = SCOPES(text, subject, name);
  if (value === "Topic" && subject.attributes[name] === "MessageGroup") {
    subject.refusal.value(`${name}: Invalid value [Topic]. MessageGroup cannot be changed back to Topic`);
  }
  return value;
}

function beginningArchiveTime({ beginningOfArchive }: Topic): string | undefined {
  return beginningOfArchive === undefined ? undefined : formatIso8601(beginningOfArchive);
}
