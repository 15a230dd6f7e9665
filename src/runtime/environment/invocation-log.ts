import type { LogTail } from "../process/log-tail.ts";

/** What the report of an invocation says. */
interface Report {
  readonly durationMs: number;
  readonly memoryMb: number;
  readonly mostMemoryMb: number | undefined;
  /** Of the first invocation of an environment. */
  readonly initMs: number | undefined;
  readonly status: "error" | "timeout" | undefined;
}

/** Writes the lines of the platform around those of the handler. AWS: observed. */
export function logStart(tail: LogTail, requestId: string, version: string): void {
  tail.add(`START RequestId: ${requestId} Version: ${version}\n`);
}

export function logEnd(tail: LogTail, requestId: string, report: Report): void {
  tail.add(`END RequestId: ${requestId}\n${reportLine(requestId, report)}\n`);
}

function reportLine(requestId: string, report: Report): string {
  const { durationMs, memoryMb, mostMemoryMb, initMs, status } = report;
  const parts = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs)} ms`,
    `Memory Size: ${memoryMb} MB`,
    ...(mostMemoryMb === undefined ? [] : [`Max Memory Used: ${mostMemoryMb} MB`]),
    ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
    ...(status === undefined ? [] : [`Status: ${status}`]),
  ];
  return `${parts.join("\t")}\t`;
}
