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

function cellsOf({ what, value, unit, ofCeiling, target, detail = "" }: Finding): readonly string[] {
  const result = amount(value, unit) + (ofCeiling === undefined ? "" : `, ${amount(ofCeiling, "of ceiling")}`);
  if (target === undefined) return [what, result, "", "", detail];
  const wanted = "atLeast" in target ? `≥ ${amount(target.atLeast, unit)}` : `< ${amount(target.below, unit)}`;
  return [what, result, wanted, isMet(value, target) ? "met" : "not met", detail];
}

function isMet(value: number, target: Target): boolean {
  return "atLeast" in target ? value >= target.atLeast : value < target.below;
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
