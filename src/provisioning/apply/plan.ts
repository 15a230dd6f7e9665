import type { Path } from "../document/part.ts";
import type { Place } from "../operate.ts";

/** What becomes of one resource, for whoever applied. */
export interface Change extends Place {
  readonly action: "created" | "changed";
  readonly type: "queue" | "topic" | "subscription" | "stream" | "consumer" | "function" | "event source";
  readonly name: string;
  /** What changed: `VisibilityTimeout: 30 → 60`. */
  readonly details: readonly string[];
}

/** In which order steps are made: what others refer to comes first. */
const STAGES = ["create", "change", "connect", "seed"] as const;

/** One operation on the way, and what takes it back. */
export interface Step {
  readonly stage: (typeof STAGES)[number];
  /** What it is about in a sentence: `queue jobs`. */
  readonly subject: string;
  readonly path: Path;
  run(): Promise<unknown>;
  /** Absent when that is done by taking back what was created. */
  undo?(): Promise<unknown>;
}

/** What is to be done so that what is declared is there. */
export class Plan {
  readonly changes: Change[] = [];
  readonly #steps: Step[] = [];
  /** Resources that are as they are declared. */
  unchanged = 0;

  /** Notes what becomes of a resource; without details of a change it stays as it is. */
  note(change: Change): void {
    if (change.action === "changed" && change.details.length === 0) this.unchanged++;
    else this.changes.push(change);
  }

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** The steps in the order in which they are made. */
  steps(): readonly Step[] {
    return STAGES.flatMap((stage) => this.#steps.filter((step) => step.stage === stage));
  }
}
