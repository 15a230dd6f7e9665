import type { HeapItem, IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import type { OrderedIndex } from "../../../kernel/collection/ordered-index.ts";
import type { CatchingUp } from "../../../kernel/time/catching-up.ts";
import type { Holding } from "../../../kernel/time/sweeper.ts";
import type { Topic } from "../topic.ts";
import type { LeavingTopics } from "./leaving-topics.ts";
import type { Subscription } from "./subscription.ts";

/** A subscription and its topic, which may be deleted by now. */
export interface Subscribed {
  readonly topic: Topic;
  readonly subscription: Subscription;
}

/** What a register knows of a subscription. */
export interface Entry extends Subscribed, HeapItem {
  /** What it can be found by. */
  token: string;
  /** When it was last deleted, by itself or with its topic; epoch milliseconds. */
  deletedAt: number;
}

/** Those of an account's topics that may have to be forgotten. */
export interface Mortal {
  /** Until all is noted of them no entry is looked at. */
  readonly leaving: LeavingTopics;
  /** Each at the earliest instant that could be. */
  readonly entries: IndexedHeap<Entry>;
  /** Deleted ones that are remembered, in the order of their deletion; those of one instant, which may be read in any order, by ARN. */
  readonly deleted: OrderedIndex<Entry>;
  readonly holding: Holding | undefined;
  readonly catchingUp: CatchingUp;
}

/** Nobody looks after those of an account any more. */
export function endOf({ holding, catchingUp }: Mortal): void {
  holding?.end();
  catchingUp.stop();
}
