import { compileDataProtectionPolicy } from "../../../engine/topic/data-protection/compile.ts";
import { characterCount } from "../../../kernel/character-count.ts";
import { present } from "../../../kernel/present.ts";
import { invalidParameter } from "../errors.ts";
import { type TopicSubject, topicAttributes } from "./topic-attributes.ts";

export type Attributes = Readonly<Record<string, string>>;

/** What a FIFO topic has and shows without being given it. */
const FIFO_INITIAL: Attributes = { FifoTopic: "true", ContentBasedDeduplication: "false" };

/** The attributes of a topic created with the given ones. */
export function newTopicAttributes(given: Attributes, subject: Omit<TopicSubject, "attributes">): Attributes {
  const attributes = subject.isFifo ? FIFO_INITIAL : {};
  const { FifoTopic, ...created } = changedTopicAttributes(given, { ...subject, attributes });
  // AWS: a standard topic does not show the attribute, not even when it was given.
  return subject.isFifo ? { ...created, FifoTopic: "true" } : created;
}

/** The topic's attributes after the given ones are set: all of them or, when one cannot be, none. */
export function changedTopicAttributes(given: Attributes, subject: TopicSubject): Attributes {
  const changed = { ...subject.attributes, ...readAttributes(given, subject) };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== ""));
}

/** Whether an existing topic has other values than the given ones. Those not given do not count. */
export function hasOtherAttributes(given: Attributes, subject: TopicSubject): boolean {
  return Object.entries(readAttributes(given, subject)).some(([name, value]) => {
    const { fallback, isSame } = present(topicAttributes.get(name), "what is known of an attribute");
    const current = subject.attributes[name] ?? fallback?.(subject) ?? "";
    const wanted = value === "" ? (fallback?.(subject) ?? "") : value;
    return current !== wanted && isSame?.(current, wanted) !== true;
  });
}

/** The given values as they are kept; the empty text stands for none. */
function readAttributes(given: Attributes, subject: TopicSubject): Attributes {
  const read: Record<string, string> = {};
  for (const [name, text] of Object.entries(given)) {
    const attribute = topicAttributes.get(name);
    if (attribute?.read === undefined || (attribute.isFifoOnly && !subject.isFifo)) return subject.refusal.name(name);
    read[name] = attribute.isClearable && text === "" ? "" : attribute.read(text, subject, name);
  }
  return read;
}

/** AWS: in characters. API_PutDataProtectionPolicy. */
const MAX_LENGTH = 30_720;

/** The policy's text, unchanged; the empty one takes a policy away. Throws InvalidParameter for what is no policy. */
export function checkDataProtectionPolicy(text: string, { isFifo }: { readonly isFifo: boolean }): string | undefined {
  if (text === "") return undefined;
  // GAP: AWS's words for a policy that cannot be are not known.
  if (isFifo) throw invalidParameter("DataProtectionPolicy", "FIFO topics do not support data protection policies");
  if (characterCount(text) > MAX_LENGTH) {
    throw invalidParameter("DataProtectionPolicy", `must be at most ${MAX_LENGTH} characters long`);
  }
  const result = compileDataProtectionPolicy(text);
  if ("error" in result) throw invalidParameter("DataProtectionPolicy", result.error.message);
  return text;
}
