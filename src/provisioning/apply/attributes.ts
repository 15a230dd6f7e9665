import { isJsonObject, isSameJson, parseJsonObject } from "../../kernel/json/json-object.ts";
import type { Texts } from "../world/world.ts";
import type { Session } from "./session.ts";

/** A value that is another than declared. */
export interface Difference {
  readonly name: string;
  /** Undefined when there was none. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What differs of that which is declared. What is not declared stays as it is. */
export function differences(declared: Texts, present: Texts): readonly Difference[] {
  return Object.entries(declared)
    .map(([name, after]) => ({ name, before: present[name], after }))
    .filter(({ name, before = "", after }) => !isSame(name, before, after));
}

/** As much of a value as is told. */
const LONGEST_TOLD = 60;

/** The difference as whoever applied reads it: `VisibilityTimeout: 30 → 60`. */
export function told({ name, before, after }: Difference): string {
  const change = before === undefined || before === "" ? short(after) : `${short(before)} → ${short(after)}`;
  return `${name}: ${change === "" ? "none" : change}`;
}

function short(text: string): string {
  return text.length > LONGEST_TOLD ? `${text.slice(0, LONGEST_TOLD)}…` : text;
}

function isSame(name: string, before: string, after: string): boolean {
  if (before === after) return true;
  const [one, other] = [before, after].map((text) => parseJsonObject(text));
  if (one === undefined || other === undefined) return before.toLowerCase() === after.toLowerCase() && isBoolean(after);
  if (name === "DeliveryPolicy") return isCompleted(other, one);
  // AWS: a count is one as a text, too.
  return name === "RedrivePolicy" ? isSameJson(asTexts(one), asTexts(other)) : isSameJson(before, after);
}

function isBoolean(text: string): boolean {
  return /^(true|false)$/i.test(text);
}

/** AWS: what a delivery policy leaves out is filled in. */
function isCompleted(declared: unknown, present: unknown): boolean {
  if (!isJsonObject(declared) || !isJsonObject(present)) return JSON.stringify(declared) === JSON.stringify(present);
  return Object.entries(declared).every(([name, part]) => isCompleted(part, present[name]));
}

function asTexts(policy: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(policy).map(([name, value]) => [name, String(value)])));
}

/** Attributes with ARNs where policies name queues beside them. */
export function withArns(session: Session, attributes: Texts): Texts {
  const entries = Object.entries(attributes).map(
    ([name, text]) => [name, policyWithArns(session, name, text)] as const,
  );
  return Object.fromEntries(entries);
}

function policyWithArns(session: Session, name: string, text: string): string {
  if (name !== "RedrivePolicy" && name !== "RedriveAllowPolicy") return text;
  const policy = parseJsonObject(text);
  if (policy === undefined) return text;
  const { deadLetterTargetArn: target, sourceQueueArns: sources } = policy;
  return JSON.stringify({
    ...policy,
    ...(typeof target === "string" && { deadLetterTargetArn: session.arn("sqs", target) }),
    ...(Array.isArray(sources) && { sourceQueueArns: sources.map((source) => session.arn("sqs", String(source))) }),
  });
}
