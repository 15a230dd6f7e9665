import { type KeyVariable, parseKeyTemplate } from "../../engine/stream/channel/key-template.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";

/** What the key of one object says. */
interface ObjectFacts {
  readonly channelName: string;
  readonly channelId: string;
  readonly streamName: string;
  /** When the first of its records arrived. */
  readonly arrivedAt: number;
  /** With its dot; empty for none. */
  readonly extension: string;
  /** What no other object's key has. */
  readonly suffix: string;
}

/**
 * The key that a template makes for an object. AWS appends something unique, in a form that is not known; here it goes
 * ahead of an extension at the end, so that the extension stays one.
 */
export function objectKey(template: string, facts: ObjectFacts): string {
  const parts = parseKeyTemplate(template) ?? [];
  const values = valuesOf(facts);
  const texts = parts.map((part) => {
    if (part.type === "text") return part.text;
    return part.type === "variable" ? values[part.variable] : (part.extension ?? facts.extension);
  });
  const ending = parts.at(-1)?.type === "extension" ? texts.pop() : "";
  return `${texts.join("")}-${facts.suffix}${ending}`;
}

/** AWS: times are in UTC. */
function valuesOf({
  channelName,
  channelId,
  streamName,
  arrivedAt,
}: ObjectFacts): Readonly<Record<KeyVariable, string>> {
  const time = formatIso8601(arrivedAt);
  return {
    "channel-name": channelName,
    "channel-id": channelId,
    "stream-name": streamName,
    yyyy: time.slice(0, 4),
    yy: time.slice(2, 4),
    MM: time.slice(5, 7),
    dd: time.slice(8, 10),
    HH: time.slice(11, 13),
    mm: time.slice(14, 16),
  };
}
