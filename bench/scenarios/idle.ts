import { ParkedPolls } from "../load/parked-polls.ts";
import { cpuMsOf } from "../machine/process-usage.ts";
import { startEmulator } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const POLLS = 1_000;
/** Every poll ends and begins anew once in this time. */
const ROUND_MS = 20_000;
const ROUNDS = 2;

/** What the server does while everybody waits. The first round is left out: it is spent on compiling. */
export const idle: Scenario = {
  name: "idle",
  async run() {
    await using server = await startEmulator();
    using polls = await ParkedPolls.open(server, POLLS);
    await pause(ROUND_MS);
    const startedAt = performance.now();
    const before = cpuMsOf(server.pid);
    await pause(ROUNDS * ROUND_MS);
    const used = cpuMsOf(server.pid) - before;
    const elapsedMs = performance.now() - startedAt;
    polls.assertUnbroken();
    const detail = `${used.toFixed(0)} ms of CPU time in ${(elapsedMs / 1000).toFixed(1)} s`;
    const value = (used / elapsedMs) * 100;
    return [{ what: "idle, 1,000 long polls parked", value, unit: "% of a core", target: { below: 1 }, detail }];
  },
};

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
