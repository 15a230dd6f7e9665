import type { Leaving } from "../definition.ts";
import { type Message, movedCopyOf, type NewMessage } from "../message.ts";

/** A step of a move task. */
export interface Move {
  /** The queue to which the message belongs; undefined when it is to stay. */
  readonly targetOf: (message: Message) => MoveTarget | undefined;
  /** Hears that it was moved, as part of the same transaction. */
  readonly moved: (at: number) => void;
}

interface MoveTarget {
  readonly arn: string;
  send(message: NewMessage): unknown;
}

/** `refused`: the message belongs to no queue, and stays. `later`: what is due comes first. */
export type MoveResult = "moved" | "none" | "refused" | "later";

/** Lets the oldest message that can be received go to the queue where it belongs, as a new one. */
export function moveNext({ targetOf, moved }: Move, { state, transaction, left }: Leaving, at: number): MoveResult {
  if (state.isBehind) return "later";
  const message = state.dispatch.oldest();
  if (message === undefined) return "none";
  const target = targetOf(message);
  if (target === undefined) return "refused";
  transaction.run(() => {
    left(message, target.arn, at);
    target.send(movedCopyOf(message));
    moved(at);
  });
  return "moved";
}
