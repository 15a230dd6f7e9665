import type { Finding, Target, Unit } from "./scenario.ts";

const HEADINGS = ["what", "result", "target", "verdict", "detail"];

/** The findings as a Markdown table, which is also readable as it stands. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = [HEADINGS, ...findings.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`);
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}

/** One finding as a line of its own. */
export function lineOf(finding: Finding): string {
  return cellsOf(finding)
    .filter((cell) => cell !== "")
    .join("  ");
}

function cellsOf(finding: Finding): readonly string[] {
  const { what, value, unit, ofCeiling, target, detail = "" } = finding;
  const result = amount(value, unit) + (ofCeiling === undefined ? "" : `, ${amount(ofCeiling, "of ceiling")}`);
  if (target === undefined) return [what, result, "", "", detail];
  const [wanted, isMet] = judged(target, finding);
  return [what, result, wanted, isMet ? "met" : "not met", detail];
}

/** A target in words, and whether it is met. */
function judged(target: Target, { value, unit, ofCeiling = 0 }: Finding): [wanted: string, isMet: boolean] {
  if ("below" in target) return [`< ${amount(target.below, unit)}`, value < target.below];
  if ("atLeast" in target) return [`≥ ${amount(target.atLeast, unit)}`, value >= target.atLeast];
  return [`≥ ${amount(target.atLeastOfCeiling, "of ceiling")}`, ofCeiling >= target.atLeastOfCeiling];
}

const DECIMALS: Readonly<Record<Unit | "of ceiling", number>> = {
  "of floor": 2,
  "of ceiling": 2,
  "of base": 2,
  ms: 2,
  MiB: 0,
  "% of a core": 2,
  "per second": 0,
};

function amount(value: number, unit: keyof typeof DECIMALS): string {
  return `${grouped(value, DECIMALS[unit])} ${unit}`;
}

/** A number as people read it: `23,400`. */
export function grouped(value: number, decimals = 0): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
