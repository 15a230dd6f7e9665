import type { ArchiveRange } from "../../../engine/topic/archive.ts";
import { parseIso8601 } from "../../../kernel/iso8601.ts";
import { parseJsonObject } from "../../../kernel/json-object.ts";
import type { Refusal } from "../refusal.ts";

/** A ReplayPolicy's text, unchanged. Refuses what asks for no part of an archive. */
export function checkReplayPolicy(text: string, refusal: Refusal): string {
  const refuse = (reason: string): never => refusal.value(`ReplayPolicy: ${reason}`);
  const policy = parseJsonObject(text) ?? refuse("Unable to parse JSON");
  if (policy.PointType === undefined || policy.StartingPoint === undefined) refuse("JSON is missing required fields");
  if (policy.PointType !== "Timestamp") refuse("Invalid PointType");
  const start = instantOf(policy.StartingPoint) ?? refuse("Invalid StartingPoint value");
  if (policy.EndingPoint === undefined) return text;
  const end = instantOf(policy.EndingPoint) ?? refuse("Invalid EndingPoint value");
  if (end <= start) refuse("Invalid EndingPoint value");
  return text;
}

/** What a policy that was checked asks for. */
export function archiveRangeOf(text: string | undefined): ArchiveRange | undefined {
  const policy = parseJsonObject(text);
  const startingPoint = instantOf(policy?.StartingPoint);
  if (startingPoint === undefined) return undefined;
  return { startingPoint, endingPoint: instantOf(policy?.EndingPoint) };
}

function instantOf(value: unknown): number | undefined {
  return typeof value === "string" ? parseIso8601(value) : undefined;
}
