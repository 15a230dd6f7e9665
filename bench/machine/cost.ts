import { median } from "../statistics.ts";
import { cpuMsOf } from "./process-usage.ts";
import type { Server } from "./servers.ts";

/** What something takes: processor time of the server, and time on the clock. */
export interface Cost {
  readonly cpuMs: number;
  readonly ms: number;
}

export async function costOf({ pid }: Server, task: () => Promise<void>): Promise<Cost> {
  const [startedAt, cpuBefore] = [performance.now(), cpuMsOf(pid)];
  await task();
  return { cpuMs: cpuMsOf(pid) - cpuBefore, ms: performance.now() - startedAt };
}

/** The medians of each. */
export function medianCost(costs: readonly Cost[]): Cost {
  return { cpuMs: median(costs.map(({ cpuMs }) => cpuMs)), ms: median(costs.map(({ ms }) => ms)) };
}

export function costText({ cpuMs, ms }: Cost): string {
  return `${cpuMs.toFixed(0)} ms of the server's processor time, ${ms.toFixed(0)} ms in all`;
}
