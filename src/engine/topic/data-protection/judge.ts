import type { Detection } from "./detector.ts";
import type { DataDirection, DataIdentifier, DataProtectionPolicy, Statement } from "./policy.ts";

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
interface Passage {
  readonly direction: DataDirection;
  /** ARN of the publisher or of the subscriber. */
  readonly principal: string;
}

/**
 * Steps that judging one message may take. The slowest patterns known take 45 ns a step, so that this stays below a tenth
 * of a second. Three patterns that are in none of it can be searched for in a message of 64 kB, and one of thirty characters or so be found in it.
 */
const MAX_STEPS = 2_000_000;

/** A message's patterns would take too long to be searched for. */
export class TooManySteps extends Error {}

/** What is left of the steps for one message. */
export class StepBudget {
  #left = MAX_STEPS;

  /** Throws TooManySteps when there are not so many left. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooManySteps();
  }
}

/** The statements of a policy that are about a passage. */
export function statementsFor({ statements }: DataProtectionPolicy, passage: Passage): readonly Statement[] {
  return statements.filter((statement) => concerns(statement, passage));
}

/** Audits and denials go by the text as it comes; then one de-identifying statement after the other changes it. */
export function judge(concerned: readonly Statement[], text: string, budget: StepBudget): Verdict {
  const findings: Finding[] = [];
  let isDenied = false;
  let changed = text;
  for (const { identifiers, operation } of concerned) {
    // GAP: AWS takes samples; here every message is audited unless the rate is 0.
    if (operation.kind === "audit" && operation.sampleRate > 0) {
      for (const finding of findingsIn(text, identifiers, budget)) findings.push(finding);
    }
    if (operation.kind === "deny") isDenied ||= identifiers.some((one) => detect(one, text, budget).length > 0);
    if (operation.kind === "deidentify") changed = deidentified(changed, { identifiers, mask: operation.mask, budget });
  }
  return { isDenied, text: changed, findings };
}

function concerns({ direction, principals }: Statement, passage: Passage): boolean {
  return direction === passage.direction && (principals.has("*") || principals.has(passage.principal));
}

function findingsIn(text: string, identifiers: Statement["identifiers"], budget: StepBudget): readonly Finding[] {
  return identifiers
    .map((identifier) => ({ name: identifier.name, detections: detect(identifier, text, budget) }))
    .filter(({ detections }) => detections.length > 0)
    .map(({ name, detections }) => ({ name, count: detections.length, detections }));
}

function detect({ find, stepsPerCharacter }: DataIdentifier, text: string, budget: StepBudget): readonly Detection[] {
  budget.spend(stepsPerCharacter * text.length);
  return find?.(text, (steps) => budget.spend(steps)) ?? [];
}

function deidentified(
  text: string,
  { identifiers, mask, budget }: Pick<Statement, "identifiers"> & { mask: string | undefined; budget: StepBudget },
): string {
  let changed = text;
  for (const identifier of identifiers) {
    let kept = "";
    let from = 0;
    for (const { start, end } of detect(identifier, changed, budget)) {
      kept += changed.slice(from, start) + (mask ?? "").repeat(end - start);
      from = end;
    }
    if (from > 0) changed = kept + changed.slice(from);
  }
  return changed;
}
