import type { InputsAt } from "./control-table.ts";

/** What a message has to be like, in full: all that is given. */
type MessageMatch = NonNullable<InputsAt<"POST", "wait">["match"]>;

/**
 * A message, as a test expects one: a text that is its body, a regular expression that is found in it, or an object. An object whose
 * members are all those of a match, `{ json: … }` or `{ contains: … }`, is one; any other is part of the body's JSON.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * const emulator = await createEmulator();
 * await fetch(`${emulator.endpoint}/?Action=CreateQueue&QueueName=jobs`);
 * const body = encodeURIComponent(JSON.stringify({ order: 7, state: "paid" }));
 * await fetch(`${emulator.endpoint}/000000000000/jobs?Action=SendMessage&MessageBody=${body}`);
 * const queue = emulator.queue("jobs");
 * for (const expected of [/paid/, { order: 7 }, { json: { order: 7 } }, { contains: "paid" }, { path: "order", equals: 7 }]) {
 *   await queue.waitForMessage(expected);
 * }
 * await emulator.close();
 */
export type Expected = string | RegExp | MessageMatch | object;

type Form = Readonly<Record<keyof MessageMatch, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === "string";
const isAnything = (): boolean => true;

const FORM: Form = {
  id: isText,
  body: isText,
  contains: isText,
  pattern: isText,
  json: isAnything,
  path: isText,
  equals: isAnything,
  attributes: (value) => typeof value === "object",
  group: isText,
};

/** What is expected, as control routes are told. */
export function matchOf(expected: Expected | undefined): MessageMatch | undefined {
  if (expected === undefined) return undefined;
  if (typeof expected === "string") return { body: expected };
  if (expected instanceof RegExp) return { pattern: patternOf(expected) };
  return isMatch(expected) ? expected : { json: expected };
}

function isMatch(expected: object): expected is MessageMatch {
  const members = Object.entries(expected);
  return (
    members.length > 0 && members.every(([name, value]) => Object.hasOwn(FORM, name) && FORM[name as keyof Form](value))
  );
}

/** The expression as the emulator reads it, which searches in linear time. */
function patternOf({ source, flags }: RegExp): string {
  const known = [...flags].filter((flag) => "ims".includes(flag)).join("");
  return known === "" ? source : `(?${known})${source}`;
}
