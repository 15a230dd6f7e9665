import { formatIso8601 } from "../kernel/time/iso8601.ts";

/** What the caller of a function gets when it fails without an error of its own. AWS: observed, all of them. */

/** Most bytes of an answer. AWS: 6 MB and a little for the envelope. */
export const MOST_PAYLOAD_BYTES = 6_291_556;

/** How signals are said. AWS: as Go says them, which its runtime is written in. */
const SIGNALS: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGHUP: "hangup",
  SIGILL: "illegal instruction",
  SIGINT: "interrupt",
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
  SIGTERM: "terminated",
};

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why there was none. */
  readonly spawnError?: string | undefined;
}

export function timedOut(requestId: string, timeoutMs: number): string {
  return document("Sandbox.Timedout", requestId, timeoutText(timeoutMs));
}

export function timeoutText(timeoutMs: number): string {
  return `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
}

/** What stands in the log of an invocation that took too long. AWS: reports quote it so. */
export function timeoutLog(at: number, requestId: string, timeoutMs: number): string {
  return `${formatIso8601(at)} ${requestId} ${timeoutText(timeoutMs)}\n\n`;
}

export function ended(requestId: string, end: ProcessEnd): string {
  if (end.spawnError !== undefined) return document("Runtime.InvalidEntrypoint", requestId, end.spawnError);
  return document("Runtime.ExitError", requestId, reasonOfEnd(end));
}

export function reasonOfEnd({ code, signal, spawnError }: ProcessEnd): string {
  if (spawnError !== undefined) return spawnError;
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNALS[signal] ?? signal}`;
  return code === 0
    ? "Runtime exited without providing a reason"
    : `Runtime exited with error: exit status ${code ?? 1}`;
}

/** The environment cannot be made at all. */
export function invalidRuntime(requestId: string, why: string): string {
  return document("Runtime.InvalidRuntime", requestId, why);
}

export function tooLargeAnswer(): string {
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MOST_PAYLOAD_BYTES} bytes).`;
  return JSON.stringify({ errorMessage, errorType: "Function.ResponseSizeTooLarge" });
}

function document(errorType: string, requestId: string, what: string): string {
  return JSON.stringify({ errorType, errorMessage: `RequestId: ${requestId} Error: ${what}` });
}
