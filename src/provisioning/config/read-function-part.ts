import type { Part } from "../document/part.ts";
import type { DeclaredEventSource, DeclaredFunction } from "../world/world.ts";

/** What says how a function is run; the same as for programs. */
export const FUNCTION_TEXTS = ["directory", "handler", "runtime", "url"] as const;
export const FUNCTION_NUMBERS = ["timeout", "memory", "reservedConcurrency"] as const;
/** Queues by name or ARN; with ARNs, whatever AWS takes there. */
export const FUNCTION_ENDINGS = ["deadLetterQueue", "onSuccess", "onFailure"] as const;
/** What a mapping is set to, in AWS's words. */
export const EVENT_SOURCE_PROPERTIES = [
  ...["BatchSize", "MaximumBatchingWindowInSeconds", "FilterCriteria", "FunctionResponseTypes", "ScalingConfig"],
  ...["StartingPosition", "StartingPositionTimestamp", "ParallelizationFactor", "MaximumRetryAttempts"],
  ...["MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "TumblingWindowInSeconds", "Enabled"],
] as const;

const OTHERS = ["command", "attach", "environment", "eventSources"];

/** Reads a function with what leads to it and away from it. Throws DocumentError. */
export function readFunctionPart([name, part]: readonly [string, Part]): DeclaredFunction {
  part.only([...FUNCTION_TEXTS, ...FUNCTION_NUMBERS, ...FUNCTION_ENDINGS, ...OTHERS]);
  const ends = FUNCTION_ENDINGS.map((member) => [member, part.member(member).optionalText()] as const);
  return {
    name,
    path: part.path,
    options: optionsOf(part),
    ...Object.fromEntries(ends.filter(([, text]) => text !== undefined)),
    eventSources: part.member("eventSources").items().map(readEventSource),
  };
}

function optionsOf(part: Part): DeclaredFunction["options"] {
  const options: Record<string, unknown> = {};
  const set = (name: string, read: (member: Part) => unknown) => {
    const member = part.member(name);
    if (!member.isEmpty) options[name] = read(member);
  };
  for (const name of FUNCTION_TEXTS) set(name, (member) => member.text());
  for (const name of FUNCTION_NUMBERS) set(name, (member) => Number(member.text()));
  set("environment", (member) => member.texts());
  set("command", (member) => member.items().map((item) => item.text()));
  set("attach", readAttach);
  return options;
}

function readAttach(part: Part): boolean | number {
  const { value } = part;
  if (typeof value === "boolean") return value;
  const port = Number(part.text());
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw part.error("attach must be true, or a port");
}

/** A queue by its name, an ARN; or an object with more to say. */
function readEventSource(part: Part): DeclaredEventSource {
  if (!part.isObject) return { kind: "queue", source: part.text(), properties: {}, path: part.path };
  part.only(["queue", "stream", "onFailure", ...EVENT_SOURCE_PROPERTIES]);
  const [queue, stream] = [part.member("queue").optionalText(), part.member("stream").optionalText()];
  if ((queue === undefined) === (stream === undefined)) throw part.error("an event source is a queue or a stream");
  const properties = part.entries().filter(([name, member]) => !["queue", "stream"].includes(name) && !member.isEmpty);
  return {
    ...(stream === undefined ? { kind: "queue", source: queue ?? "" } : { kind: "stream", source: stream }),
    properties: Object.fromEntries(properties.map(([name, member]) => [name, member.value])),
    path: part.path,
  };
}
