import type { Invocation } from "../../api/control.ts";

const MARKS: Readonly<Record<Invocation["outcome"], string>> = {
  answered: "good",
  failed: "dead",
  throttled: "in-flight",
  missing: "dead",
  recursive: "dead",
  unreachable: "dead",
};

/** What came of an invocation, in a word. */
export function OutcomeMark({ outcome }: Pick<Invocation, "outcome">) {
  return <span class={`mark ${MARKS[outcome]}`}>{outcome}</span>;
}
