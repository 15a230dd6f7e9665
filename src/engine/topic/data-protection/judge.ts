import type { Detection } from "./detector.ts";
import type { DataDirection, DataProtectionPolicy, Statement } from "./policy.ts";

/** What an audit found of one kind of data, as AWS's audit records show it. */
export interface Finding {
  readonly name: string;
  readonly count: number;
  readonly detections: readonly Detection[];
}

/** What a policy makes of a text. */
export interface Verdict {
  readonly isDenied: boolean;
  /** The text to go on with. */
  readonly text: string;
  /** What the audit statement found, one entry for each of its identifiers that are in the text. */
  readonly findings: readonly Finding[];
}

/** Whom a text comes from, or goes to. */
export interface Passage {
  readonly direction: DataDirection;
  /** ARN of the publisher or of the subscriber. */
  readonly principal: string;
}

/** Audits and denials go by the text as it comes; then one de-identifying statement after the other changes it. */
export function judge({ statements }: DataProtectionPolicy, passage: Passage, text: string): Verdict {
  const concerned = statements.filter((statement) => concerns(statement, passage));
  const findings: Finding[] = [];
  let isDenied = false;
  let changed = text;
  for (const { identifiers, operation } of concerned) {
    // GAP: AWS takes samples; here every message is audited unless the rate is 0.
    if (operation.kind === "audit" && operation.sampleRate > 0) {
      for (const finding of findingsIn(text, identifiers)) findings.push(finding);
    }
    if (operation.kind === "deny") isDenied ||= findingsIn(text, identifiers).length > 0;
    if (operation.kind === "deidentify") changed = deidentified(changed, identifiers, operation.mask);
  }
  return { isDenied, text: changed, findings };
}

function concerns({ direction, principals }: Statement, passage: Passage): boolean {
  return direction === passage.direction && (principals.has("*") || principals.has(passage.principal));
}

function findingsIn(text: string, identifiers: Statement["identifiers"]): readonly Finding[] {
  return identifiers
    .map(({ name, find }) => ({ name, detections: find?.(text) ?? [] }))
    .filter(({ detections }) => detections.length > 0)
    .map(({ name, detections }) => ({ name, count: detections.length, detections }));
}

function deidentified(text: string, identifiers: Statement["identifiers"], mask: string | undefined): string {
  let changed = text;
  for (const { find } of identifiers) {
    let kept = "";
    let from = 0;
    for (const { start, end } of find?.(changed) ?? []) {
      kept += changed.slice(from, start) + (mask ?? "").repeat(end - start);
      from = end;
    }
    if (from > 0) changed = kept + changed.slice(from);
  }
  return changed;
}
