import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { canPin, LOAD_CORE, pinThisProcess } from "./machine/pinned.ts";
import { lineOf, tableOf } from "./report.ts";
import type { Finding, Pace, Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";

/**
 * `npm run bench -- [--only send,memory] [--quick]`: measures, and prints a table of what came out and what should
 * have. Missing a target is no failure; only what breaks makes the exit code other than 0.
 */
const THOROUGH: Pace = { rounds: 15, roundMs: 1_000, samples: 21 };
const QUICK: Pace = { rounds: 5, roundMs: 500, samples: 5 };

async function main(): Promise<void> {
  const options = { only: { type: "string" }, quick: { type: "boolean", default: false } } as const;
  const { only, quick } = parseArgs({ options }).values;
  const chosen = only === undefined ? scenarios : only.split(",").map(scenarioNamed);
  pinThisProcess(LOAD_CORE);
  const pinning = canPin ? "server and load on a core each" : "cores not assigned";
  console.log(`Node ${process.version}, ${cpus()[0]?.model}, ${pinning}${quick ? ", quick and rough" : ""}\n`);
  const findings = await measure(chosen, quick ? QUICK : THOROUGH);
  console.log(`\n${tableOf(findings)}`);
}

function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario !== undefined) return scenario;
  throw new Error(`There is no scenario "${name}", only ${scenarios.map((one) => one.name).join(", ")}.`);
}

async function measure(chosen: readonly Scenario[], pace: Pace): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const scenario of chosen) {
    const found = await scenario.run(pace);
    for (const finding of found) console.log(`${scenario.name}: ${lineOf(finding)}`);
    findings.push(...found);
  }
  return findings;
}

await main();
