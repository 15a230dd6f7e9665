/** What queues have in common about receiving, whatever it is that they hand out. */

import type { AbortNotice } from "../kernel/event/abort-notice.ts";

/** What a receiver asks for. */
export interface ReceiveRequest {
  /** At most so many. */
  readonly max: number;
  /** The queue's visibility timeout unless given. */
  readonly visibilityTimeoutMs?: number | undefined;
}

/** How long a receive waits at most, and what ends the wait early. */
export interface Wait {
  readonly waitMs: number;
  readonly signal: AbortNotice;
}

/** Names one receive of something: `attempt` tells it from the other receives of the same. */
export interface AttemptReceipt {
  readonly attempt: number;
}

/** What a receive tells beside what was received. */
export interface Received<R extends AttemptReceipt> {
  readonly receipt: R;
  readonly receiveCount: number;
  readonly firstReceivedAt: number;
}

/** When what is received at that instant is visible again. */
export function visibleAgainAt(
  at: number,
  { visibilityTimeoutMs }: ReceiveRequest,
  settings: { readonly visibilityTimeoutMs: number },
): number {
  return at + (visibilityTimeoutMs ?? settings.visibilityTimeoutMs);
}

/** Whether something was received as often as it may be without being done with: it is a dead letter. */
export function isReceivedTooOften(
  receiveCount: number,
  { maxReceiveCount = Number.POSITIVE_INFINITY }: { readonly maxReceiveCount?: number },
): boolean {
  return receiveCount >= maxReceiveCount;
}
