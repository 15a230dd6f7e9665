import type { Service } from "../../src/service/service.ts";

/** `docs/parity.md`, from what the contracts say of themselves. */
export function parityPage(services: readonly Service[]): string {
  return [
    "# Parity with AWS",
    "Generated from the operation contracts; `npm run parity` writes it anew. What is not listed as a gap behaves as the service",
    "does: its states and timing to the millisecond, its order of checks, its errors with their codes, statuses and texts, and its",
    "wire formats byte for byte, as far as they are known.",
    ...services.flatMap(sectionOf),
  ]
    .join("\n")
    .replaceAll(/\n(#.*)\n/g, "\n\n$1\n\n")
    .replace(/^(# .*)\n/, "$1\n\n")
    .concat("\n");
}

function sectionOf({ model, operations }: Service): readonly string[] {
  const rows = [...operations.values()].map(({ name, gaps = [] }) => `| ${name} | ${gaps.join("<br>") || "none"} |`);
  return [
    `## ${model.title}, ${operations.size} operations`,
    "| operation | known gaps |",
    "| --- | --- |",
    ...rows,
    "### Gaps that concern no single operation",
    ...(model.gaps ?? []).map((gap) => `- ${gap}`),
  ];
}
