import type { Queue } from "../../../engine/queue/queue.ts";
import { InvalidAttributeName, InvalidAttributeValue, unknownAttribute } from "../errors.ts";
import type { QueueContext } from "../operation.ts";
import type { AttributeSubject, Attributes } from "./attribute-subject.ts";
import { INITIAL_KEY_REUSE, queueAttributes, settingsOf } from "./queue-attributes.ts";

/** The attributes of a queue created with the given ones. */
export function newAttributes(given: Attributes, subject: AttributeSubject): Attributes {
  const initial: Record<string, string> = {};
  for (const [name, attribute] of queueAttributes) {
    const isOwn = subject.isFifo || attribute.onStandard === undefined;
    if (isOwn && attribute.initial !== undefined) initial[name] = attribute.initial;
  }
  return changedAttributes(initial, given, subject);
}

/** The attributes after the given ones are set: all of them or, when one cannot be, none. */
function changedAttributes(current: Attributes, given: Attributes, subject: AttributeSubject): Attributes {
  const read = readAttributes(given, subject);
  const changed = encryptedOneWay(current, read);
  if (changed.FifoThroughputLimit === "perMessageGroupId" && changed.DeduplicationScope !== "messageGroup") {
    throw new InvalidAttributeValue(
      "FifoThroughputLimit",
      "To set FifoThroughputLimit to perMessageGroupId, the DeduplicationScope must be messageGroup.",
    );
  }
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== ""));
}

/** The first of the given attributes in which an existing queue differs. Those not given do not count. */
export function firstDifference(queue: Queue, given: Attributes, subject: AttributeSubject): string | undefined {
  for (const [name, value] of Object.entries(readAttributes(given, subject))) {
    const current = queue.attributes[name] ?? "";
    const isSame = queueAttributes.get(name)?.isSame?.(current, value) ?? current === value;
    if (!isSame) return name;
  }
  return undefined;
}

/** The given values in the text they are shown in; the empty text stands for none. */
function readAttributes(given: Attributes, subject: AttributeSubject): Attributes {
  const read: Record<string, string> = {};
  for (const [name, text] of Object.entries(given)) {
    const attribute = queueAttributes.get(name);
    if (attribute?.read === undefined) throw unknownAttribute(name);
    if (attribute.onStandard !== undefined && !subject.isFifo) throw attribute.onStandard(name);
    const isCleared = attribute.isClearable === true && text === "";
    read[name] = isCleared ? "" : attribute.read(text, subject, name);
  }
  return read;
}

/** AWS: a KMS key and SSE-SQS exclude each other; whichever is set last wins. */
function encryptedOneWay(current: Attributes, given: Attributes): Attributes {
  const changed = { ...current, ...given };
  const isManaged = given.SqsManagedSseEnabled === "true";
  const hasKey = Boolean(given.KmsMasterKeyId);
  if (isManaged && hasKey) {
    throw new InvalidAttributeName(
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
    );
  }
  if (isManaged) return { ...changed, KmsMasterKeyId: "", KmsDataKeyReusePeriodSeconds: INITIAL_KEY_REUSE };
  return hasKey ? { ...changed, SqsManagedSseEnabled: "false" } : changed;
}

/** Sets the given attributes of the queue, all or none, and has it behave accordingly. */
export function setAttributes({ directory, queue }: QueueContext, given: Attributes): void {
  const subject = { arn: queue.arn, isFifo: queue.settings.isFifo, directory };
  const attributes = changedAttributes(queue.attributes, given, subject);
  queue.configure(settingsOf(attributes), attributes);
}
