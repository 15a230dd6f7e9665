import type { PropagatedCounts } from "../subscription/propagating-counts.ts";
import type { SubscriptionProtocol } from "../subscription/subscription-protocol.ts";

/**
 * What a topic is found to know when its state is written down and other events cannot say it without the whole history.
 * They come after those.
 */
export type TopicKept = CountersKept | DeduplicationKept | OrderKept;

/** What counts on in a topic. What its archived messages would have it remember is forgotten: `deduplicationKept` follows. */
export interface CountersKept {
  readonly type: "countersKept";
  readonly at: number;
  /** Messages published so far; FIFO topics only. */
  readonly published?: number | undefined;
  readonly archiveOpenedAt?: number | undefined;
  /** Those of its subscriptions, unless these say it themselves. */
  readonly counts?: PropagatedCounts | undefined;
}

/** A deduplication id is remembered for five minutes from `at` on: of a message group where one is named. */
export interface DeduplicationKept {
  readonly type: "deduplicationKept";
  readonly at: number;
  readonly deduplicationId: string;
  readonly groupId?: string | undefined;
  /** Those of the message it came with. */
  readonly id: string;
  readonly sequenceNumber?: string | undefined;
}

/** In which order subscriptions get a message, where that is not the one in which they came. */
export interface OrderKept {
  readonly type: "orderKept";
  readonly at: number;
  /** The protocols, first to last. */
  readonly protocols?: readonly SubscriptionProtocol[] | undefined;
  /** A subscription that comes after all others of its protocol. */
  readonly last?: string | undefined;
}
