import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Only Linux tells; elsewhere the figures are not numbers. */
const isTold = existsSync("/proc/self/task");

/** CPU time the threads of a process have used, in milliseconds. `schedstat` counts nanoseconds, `stat` only ticks. */
export function cpuMsOf(pid: number): number {
  if (!isTold) return Number.NaN;
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) => Number.parseInt(statistics(`${pid}/task/${thread}/schedstat`), 10));
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}

function statistics(path: string): string {
  return readFileSync(`/proc/${path}`, "latin1");
}

/** Memory of a process that is resident now, and the most there ever was. */
export function residentMiBOf(pid: number): { readonly now: number; readonly peak: number } {
  if (!isTold) return { now: Number.NaN, peak: Number.NaN };
  const status = statistics(`${pid}/status`);
  const mebibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
  return { now: mebibytes("VmRSS"), peak: mebibytes("VmHWM") };
}
