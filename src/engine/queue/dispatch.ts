import type { Message } from "./message.ts";

/**
 * Decides which message is received next. Standard queues take the oldest and keep noisy tenants behind quiet ones;
 * FIFO queues keep each message group in order and locked while one of its messages is in flight.
 */
export interface Dispatch {
  /** A message joined the queue; it may be delayed still. */
  add(message: Message): void;
  /** A delayed message became visible. */
  ready(message: Message): void;
  /** The message the next receive should look at. `turn` is one receive, so that it can stay with a message group. */
  next(turn: Turn): Message | undefined;
  /** The first receivable message of a group: what `next` answers once it has chosen that group. */
  first(groupId: string | undefined): Message | undefined;
  /** A visible message goes into flight. */
  take(message: Message): void;
  /** A message in flight becomes visible again. */
  restore(message: Message): void;
  /** A message leaves the queue, whatever its state. */
  remove(message: Message): void;
  /** Settles what changes by time alone. */
  passTime(now: number): void;
}

/** The part of one receive that `Dispatch.next` remembers between messages. */
export interface Turn {
  groupId?: string | undefined;
}
