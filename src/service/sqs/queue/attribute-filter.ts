import type { MessageAttributes } from "../../../engine/queue/message.ts";

/**
 * The message attributes that MessageAttributeNames asks for: `All`, `.*` or `*` for all of them, `Prefix.*` for those
 * beginning so, else the whole name. Undefined when nothing was asked for or nothing is there.
 */
export function requestedAttributes(
  attributes: MessageAttributes | undefined,
  names: readonly string[] | undefined,
): MessageAttributes | undefined {
  if (attributes === undefined || names === undefined || names.length === 0) return undefined;
  // AWS: `*` is not documented, but answered with everything.
  if (names.some((name) => name === "All" || name === ".*" || name === "*")) return attributes;
  const requested = Object.entries(attributes).filter(([name]) => names.some((pattern) => isNamed(name, pattern)));
  return requested.length === 0 ? undefined : Object.fromEntries(requested);
}

function isNamed(name: string, pattern: string): boolean {
  return pattern.endsWith(".*") ? name.startsWith(pattern.slice(0, -2)) : name === pattern;
}
