import { ParkedPolls } from "../load/parked-polls.ts";
import { cpuMsOf } from "../machine/process-usage.ts";
import { startEmulator } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const POLLS = 1_000;

/** What the server does while everybody waits. */
export const idle: Scenario = {
  name: "idle",
  async run({ idleMs }) {
    await using server = await startEmulator();
    using polls = await ParkedPolls.open(server, POLLS);
    const startedAt = performance.now();
    const before = cpuMsOf(server.pid);
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    const used = cpuMsOf(server.pid) - before;
    const elapsedMs = performance.now() - startedAt;
    polls.assertUnbroken();
    const detail = `${used.toFixed(0)} ms of CPU time in ${(elapsedMs / 1000).toFixed(1)} s`;
    const value = (used / elapsedMs) * 100;
    return [{ what: "idle, 1,000 long polls parked", value, unit: "% of a core", target: { below: 1 }, detail }];
  },
};
