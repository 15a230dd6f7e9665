import { fileURLToPath } from "node:url";
import { Child } from "../machine/child.ts";
import { SERVER_CORE } from "../machine/pinned.ts";
import { grouped } from "../report.ts";
import type { Finding, Pace, Scenario } from "../scenario.ts";
import { median } from "../statistics.ts";

const ENGINE = fileURLToPath(new URL("../engine.js", import.meta.url));
const PATIENCE_MS = 120_000;

/** The queue engine alone, without HTTP: send, receive and delete of one message at a time. */
export const engine: Scenario = {
  name: "engine",
  async run(pace) {
    return [
      await cyclesOf({ what: "engine alone, queue empty", depth: 0 }, pace),
      await cyclesOf({ what: "engine alone, 1,000,000 waiting", depth: 1_000_000 }, pace),
    ];
  },
};

async function cyclesOf(queue: { what: string; depth: number }, { rounds, roundMs }: Pace): Promise<Finding> {
  await using child = new Child(SERVER_CORE, [ENGINE, String(queue.depth), String(rounds), String(roundMs)]);
  const [, text = ""] = await child.printed(/cycles per second: (.*)\n/, PATIENCE_MS);
  const rates = text.split(" ").map(Number);
  const detail = `${rates.length} rounds, ${grouped(Math.min(...rates))} to ${grouped(Math.max(...rates))}`;
  return { what: queue.what, value: median(rates), unit: "per second", target: { atLeast: 400_000 }, detail };
}
