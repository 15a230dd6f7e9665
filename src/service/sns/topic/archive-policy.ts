import { parseJsonObject } from "../../../kernel/json/json-object.ts";
import type { Refusal } from "../refusal.ts";

const DAY_MS = 24 * 60 * 60_000;
const MAX_DAYS = 365;
const RETENTION = "MessageRetentionPeriod";

/** An ArchivePolicy as it is kept; the empty text for `{}`, which ends archiving. */
export function checkArchivePolicy(text: string, refusal: Refusal): string {
  const refuse = (reason: string): never => refusal.value(`ArchivePolicy: ${reason}`);
  const policy = parseJsonObject(text) ?? refuse("Unable to parse JSON");
  if (Object.keys(policy).length === 0) return "";
  const days = policy[RETENTION] ?? refuse("JSON is missing required fields");
  if (retentionDays(days) === undefined) refuse(`${RETENTION} value is invalid`);
  return text;
}

/** How long a topic with that policy keeps its messages. */
export function archiveRetentionMs(text: string | undefined): number | undefined {
  const days = retentionDays(parseJsonObject(text)?.[RETENTION]);
  return days === undefined ? undefined : days * DAY_MS;
}

/** AWS: a number or its digits. */
function retentionDays(given: unknown): number | undefined {
  const isWhole = typeof given === "number" || (typeof given === "string" && /^\d+$/.test(given));
  const days = isWhole ? Number(given) : Number.NaN;
  return Number.isInteger(days) && days >= 1 && days <= MAX_DAYS ? days : undefined;
}
