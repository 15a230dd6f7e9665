import type { FreshMessages } from "../held/fresh-messages.ts";
import type { FairnessKept, Standing } from "../kept/kept-events.ts";
import type { Message } from "../message.ts";

/**
 * Decides which message is received next. Standard queues take the oldest and keep noisy tenants behind quiet ones;
 * FIFO queues keep each message group in order, blocked from its first message in flight on, and have groups take turns.
 */
export interface Dispatch {
  /** A message joined the queue; it may be delayed still. */
  add(message: Message): void;
  /** A message of that key came that waits as it was handed over; standard queues only. */
  freshCame?(key: number): void;
  /** A delayed message became visible. */
  ready(message: Message): void;
  /**
   * The message the next receive should look at. `turn` is one receive, which stays with a message group; the message is
   * taken or removed before it is passed again.
   */
  next(turn: Turn): Message | undefined;
  /** The message a move task should look at: of those `next` could begin with, the oldest. */
  oldest(): Message | undefined;
  /** One of the messages is about to be received or moved: settles the order by what stands in front of it. */
  settleOrder(): void;
  /** The receivable message of that key and group: one that `next` or `oldest` chose. */
  find(key: number, groupId: string | undefined): Message | undefined;
  /** A visible message goes into flight. */
  take(message: Message): void;
  /** A message in flight becomes visible again. */
  restore(message: Message): void;
  /** The place behind the message, which is next, and so many others; standard queues only. */
  placeBehind?(message: Message, others: number): number;
  /** The message, which is next, goes to that place. */
  displace?(message: Message, place: number): void;
  /** A message leaves the queue, whatever its state. */
  remove(message: Message): void;
  /** What can be received, in the order in which it would be as things stand, behind that place. Changes nothing. */
  receivable(behind?: LinePlace): Iterable<InLine>;
  /** The messages behind that key that wait for the message alone, which is in flight or delayed, to get out of their way. */
  heldBy(message: Message, behind: number): Iterable<Message>;
  /** Settles what changes by time alone. */
  passTime(now: number): void;
  /** How a message stands in the order, as far as key and state do not say it; undefined where they say it all. */
  standing(message: Message): Standing | undefined;
  /** A message is in the queue and stands like that. All with lower keys came before it. */
  keep(message: Message, standing: Standing): void;
  /** The place in line that the next group gets; undefined where groups stand in no line. */
  endOfLine: number | undefined;
  /** The message whose standing may change when this one leaves; FIFO queues only. */
  behind?(message: Message): Message | undefined;
  /** What is known of message groups beside their messages, as it is now; undefined where there is no such thing. */
  takeFairness(): FairnessTaken | undefined;
  /** Follows once all messages are in the queue. */
  keepFairness(kept: FairnessKept): void;
}

/** What was known of message groups at one moment, until that ends. */
export interface FairnessTaken {
  /** That of the queue, and of those of the groups of which something is. */
  of(groupIds: Iterable<string>): Iterable<FairnessKept>;
  end(): void;
}

/** Messages that wait as they were handed over, and what makes a message like any other of the first of them. */
export interface FreshLine {
  readonly fresh: Pick<FreshMessages, "firstKey" | "behind">;
  makeFirst(): Message;
}

/** The part of one receive that `Dispatch.next` remembers between messages. */
export interface Turn {
  /** The message it gave last. */
  last?: Message;
}

/** A place among what can be received: a line, in the order of lines, and a place in it. */
export interface LinePlace {
  readonly line: number;
  readonly place: number;
}

/** A message that can be received, and where it stands. */
export interface InLine extends LinePlace {
  readonly message: Message;
}
