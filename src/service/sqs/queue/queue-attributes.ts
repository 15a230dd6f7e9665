import {
  LARGEST_MESSAGE_BYTES,
  LONGEST_DELAY_MS,
  LONGEST_VISIBILITY_MS,
  LONGEST_WAIT_MS,
} from "../../../engine/queue/limits.ts";
import type { Queue } from "../../../engine/queue/queue.ts";
import type { QueueSettings } from "../../../engine/queue/settings.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { isSameJson } from "../../../kernel/json/json-object.ts";
import { rangeText, type ValueRange } from "../../value-range.ts";
import { InvalidAttributeName, InvalidAttributeValue, unknownAttribute } from "../errors.ts";
import type { AttributeSubject, Attributes } from "./attribute-subject.ts";
import { checkQueuePolicy } from "./queue-policy.ts";
import { checkRedriveAllowPolicy } from "./redrive-allow-policy.ts";
import { checkRedrivePolicy, redriveOf } from "./redrive-policy.ts";

/** What there is to know of one queue attribute. */
interface QueueAttribute {
  /** The value as it will be shown. Throws what AWS answers for a value that cannot be. Absent: nobody can set it. */
  readonly read?: (text: string, subject: AttributeSubject, name: string) => string;
  /** Which values it takes, where they are few or a range. */
  readonly takes?: ValueRange;
  /** What a new queue has; nothing unless given. */
  readonly initial?: string;
  /** Whether the empty text takes it away. */
  readonly isClearable?: true;
  /** The error when a standard queue is given it. Absent: queues of both types have it. */
  readonly onStandard?: (name: string) => AwsError;
  /** Whether two values mean the same; equal texts do unless given. */
  readonly isSame?: (a: string, b: string) => boolean;
  /** What GetQueueAttributes shows; what was set, unless given. */
  readonly show?: (queue: Queue) => string | undefined;
}

const EITHER: ValueRange = { values: ["true", "false"] };

/** KmsDataKeyReusePeriodSeconds of a queue that was given none. */
export const INITIAL_KEY_REUSE = "300";

const fifoOnly = (name: string) =>
  new InvalidAttributeName(`You can specify the ${name} only when FifoQueue is set to true.`);

/** Every attribute of a queue. API_SetQueueAttributes, API_GetQueueAttributes. */
export const queueAttributes: ReadonlyMap<string, QueueAttribute> = new Map<string, QueueAttribute>([
  ["Policy", { read: checkQueuePolicy, isClearable: true, isSame: isSameJson }],
  ["VisibilityTimeout", { ...wholeNumber(0, LONGEST_VISIBILITY_MS / 1000), initial: "30" }],
  ["MaximumMessageSize", { ...wholeNumber(1024, LARGEST_MESSAGE_BYTES), initial: String(LARGEST_MESSAGE_BYTES) }],
  ["MessageRetentionPeriod", { ...wholeNumber(60, 1_209_600), initial: "345600" }],
  ["ApproximateNumberOfMessages", { show: ({ counts }) => String(counts.visible) }],
  ["ApproximateNumberOfMessagesNotVisible", { show: ({ counts }) => String(counts.inFlight) }],
  ["CreatedTimestamp", { show: ({ createdAt }) => seconds(createdAt) }],
  ["LastModifiedTimestamp", { show: ({ modifiedAt }) => seconds(modifiedAt) }],
  ["QueueArn", { show: ({ arn }) => arn }],
  ["ApproximateNumberOfMessagesDelayed", { show: ({ counts }) => String(counts.delayed) }],
  ["DelaySeconds", { ...wholeNumber(0, LONGEST_DELAY_MS / 1000), initial: "0" }],
  ["ReceiveMessageWaitTimeSeconds", { ...wholeNumber(0, LONGEST_WAIT_MS / 1000), initial: "0" }],
  ["RedrivePolicy", { read: checkRedrivePolicy, isClearable: true }],
  ["FifoQueue", { read: unchangingType, initial: "true", onStandard: unknownAttribute }],
  ["ContentBasedDeduplication", { read: boolean, takes: EITHER, initial: "false", onStandard: unknownAttribute }],
  ["KmsMasterKeyId", { read: (text) => text, isClearable: true }],
  ["KmsDataKeyReusePeriodSeconds", { ...wholeNumber(60, 86_400), initial: INITIAL_KEY_REUSE, show: keyReusePeriod }],
  ["DeduplicationScope", { ...oneOf("queue", "messageGroup"), initial: "queue", onStandard: fifoOnly }],
  ["FifoThroughputLimit", { ...oneOf("perQueue", "perMessageGroupId"), initial: "perQueue", onStandard: fifoOnly }],
  ["RedriveAllowPolicy", { read: checkRedriveAllowPolicy, isClearable: true, isSame: isSameJson }],
  ["SqsManagedSseEnabled", { read: boolean, takes: EITHER, initial: "true" }],
]);

/** What GetQueueAttributes may be asked for. */
export const queueAttributeNames: readonly string[] = ["All", ...queueAttributes.keys()];

/** Which values an attribute takes, in words, where they are few or a range. */
export function attributeTakes(name: string): string | undefined {
  const takes = queueAttributes.get(name)?.takes;
  return takes && rangeText(takes);
}

/** The values at this instant of the attributes asked for. What the queue does not have is left out. */
export function shownAttributes(queue: Queue, names: readonly string[]): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [name, { show }] of queueAttributes) {
    if (!names.includes(name) && !names.includes("All")) continue;
    const value = show === undefined ? queue.attributes[name] : show(queue);
    if (value !== undefined) shown[name] = value;
  }
  return shown;
}

function wholeNumber(min: number, max: number) {
  const read = (text: string, _subject: AttributeSubject, name: string): string => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw new InvalidAttributeValue(name);
    return String(value);
  };
  return { read, takes: { min, max } };
}

function oneOf(...values: readonly string[]) {
  const read = (text: string, _subject: AttributeSubject, name: string): string => {
    if (!values.includes(text)) throw new InvalidAttributeValue(name, "not a supported value.");
    return text;
  };
  return { read, takes: { values } };
}

/** AWS: any letter case is taken and comes back in lower case. */
function boolean(text: string, _subject: AttributeSubject, name: string): string {
  const value = text.toLowerCase();
  if (value !== "true" && value !== "false") throw new InvalidAttributeValue(name);
  return value;
}

function unchangingType(text: string, subject: AttributeSubject, name: string): string {
  const value = boolean(text, subject, name);
  if (value !== "true") throw new InvalidAttributeValue(name, "Modifying queue type is not supported.");
  return value;
}

/** Shown only while a KMS key is set. */
function keyReusePeriod({ attributes }: Queue): string | undefined {
  return attributes.KmsMasterKeyId === undefined ? undefined : attributes.KmsDataKeyReusePeriodSeconds;
}

function seconds(instant: number): string {
  return String(Math.floor(instant / 1000));
}

/** How a queue with these attributes behaves. */
export function settingsOf(attributes: Attributes): QueueSettings {
  const milliseconds = (name: string): number => Number(attributes[name]) * 1000;
  return {
    isFifo: attributes.FifoQueue === "true",
    delayMs: milliseconds("DelaySeconds"),
    maxMessageBytes: Number(attributes.MaximumMessageSize),
    retentionMs: milliseconds("MessageRetentionPeriod"),
    receiveWaitMs: milliseconds("ReceiveMessageWaitTimeSeconds"),
    visibilityTimeoutMs: milliseconds("VisibilityTimeout"),
    redrive: redriveOf(attributes.RedrivePolicy),
    contentBasedDeduplication: attributes.ContentBasedDeduplication === "true",
    deduplicationScope: attributes.DeduplicationScope === "messageGroup" ? "messageGroup" : "queue",
  };
}
