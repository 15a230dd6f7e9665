import { existsSync, readFileSync } from "node:fs";
import type { Service } from "../../src/service/service.ts";
import type { ApiModel } from "../contract/api-model.ts";

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
    ...heldAgainst(model.id),
    "| operation | known gaps |",
    "| --- | --- |",
    ...rows,
    "### Gaps that concern no single operation",
    ...(model.gaps ?? []).map((gap) => `- ${gap}`),
  ];
}

/** Which API model the tests hold the contracts against. */
function heldAgainst(id: string): readonly string[] {
  const fixture = new URL(`../fixtures/models/${id}.json`, import.meta.url);
  if (!existsSync(fixture)) return [];
  const { source, metadata } = JSON.parse(readFileSync(fixture, "utf8")) as ApiModel;
  return [`Held against the API model ${metadata.apiVersion} of ${source}.`, ""];
}
