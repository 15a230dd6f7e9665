import type { QueueDirectory } from "../../engine/queue/queue-directory.ts";
import type { Stream } from "../../engine/stream/stream.ts";
import type { Topic } from "../../engine/topic/topic.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { Soon } from "../../kernel/time/in-turns.ts";
import type { DisturbancePort } from "../transport/disturbance.ts";
import type { Job, Target } from "../transport/job.ts";
import { Poster } from "../transport/poster.ts";
import type { DelayedAttempt } from "../transport/receiver-queue.ts";
import { type DeliveryLimits, type QueuedTarget, ReceiverQueues } from "../transport/receiver-queues.ts";
import { type BucketPayload, BucketTarget, type PutObject } from "./bucket-folder.ts";
import { disturbable } from "./disturbed.ts";
import { type FunctionPayload, FunctionTarget, type HandOver } from "./function.ts";
import { type HttpPayload, HttpTarget } from "./http.ts";
import { type OutboxPayload, OutboxTarget } from "./outbox.ts";
import type { OutboxStore } from "./outbox-store.ts";
import { type QueuePayload, QueueTarget } from "./queue.ts";
import { type StreamPayload, StreamTarget } from "./stream.ts";
import { type TopicPayload, TopicTarget } from "./topic.ts";

/** What each kind of receiver gets. */
export interface Payloads {
  readonly queue: QueuePayload;
  readonly topic: TopicPayload;
  readonly stream: StreamPayload;
  readonly function: FunctionPayload;
  readonly http: HttpPayload;
  readonly bucket: BucketPayload;
  readonly outbox: OutboxPayload;
}

/** A kind of receiver. */
export type TargetKind = keyof Payloads;

/** Where jobs go, by the kind of their receiver. */
export type Targets = { readonly [Kind in TargetKind]: Target<Payloads[Kind]> };

/** Targets, and what is on its way to them. */
export interface TargetRoom {
  readonly targets: Targets;
  /** How many jobs are on their way, by their keys. Looks at each of them. */
  pendingByKey(): ReadonlyMap<string, number>;
  readonly receivers: Pick<ReceiverQueues, "pending" | "hasPending" | "taken" | "listen">;
  /** Attempts of known instants for an account, in order. Looks at every receiver queue. */
  delayed(account: string): Iterable<DelayedAttempt>;
  /** Drops what is on its way from an account, or everything. Call it when queues are forgotten, too. */
  reset(account?: string): void;
  /** Drops what is on its way and hangs up on everyone. */
  close(): void;
}

/**
 * How much may be on its way to one receiver, and to all of them, attempts and waits for retries together. What comes on
 * top is not attempted: it goes to a dead-letter queue, or is dropped. AWS sets no such limit.
 */
const LIMITS: DeliveryLimits = {
  queue: { pending: 10_000, characters: 64 * 1024 * 1024 },
  total: { pending: 500_000, characters: 512 * 1024 * 1024, assured: 100 },
  attempts: { assured: 2, shared: 512, most: 2560 },
};

export interface TargetDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly queues: QueueDirectory;
  readonly topicOf: (arn: string) => Topic | undefined;
  readonly streamOf: (arn: string) => Stream | undefined;
  /** Puts objects into buckets, where something stands in for those. */
  readonly put: PutObject | undefined;
  /** Where to post the events of functions, by ARN. */
  readonly functionUrls: ReadonlyMap<string, string>;
  /** Takes the events of functions without a URL. */
  readonly handOver: HandOver;
  readonly store: OutboxStore;
  /** Whether HTTPS endpoints need certificates that are trusted. */
  readonly rejectUnauthorized: boolean;
  readonly soon: Soon;
  readonly limits?: Partial<DeliveryLimits>;
  readonly disturbance?: DisturbancePort | undefined;
}

/** Every kind of target. Only HTTP endpoints and functions leave the process. */
export function createTargets(deps: TargetDeps): TargetRoom {
  const { clockOf, ids, queues, topicOf, streamOf, put, functionUrls, handOver, store, soon, disturbance } = deps;
  const poster = new Poster(deps);
  const receiverQueues = new ReceiverQueues({ clockOf, soon, limits: { ...LIMITS, ...deps.limits }, disturbance });
  const queued = <Payload>(target: QueuedTarget<Payload>): Target<Payload> => ({
    deliver: (job, progress) =>
      progress === undefined ? receiverQueues.add(job, target) : receiverQueues.goOn(job, target, progress),
  });
  const queue = new QueueTarget(queues);
  const outbox = new OutboxTarget(store);
  const toQueue = {
    target: queue,
    put: ({ payload }: Job<QueuePayload>) => queue.put(payload),
    // Messages that overtake each other are nothing that could happen to a FIFO queue.
    isLeftInPeace: ({ queueArn }: QueuePayload) => queueArn.endsWith(".fifo"),
  };
  const toOutbox = {
    target: outbox,
    put: (job: Job<OutboxPayload>) => outbox.put(job, clockOf(job.account).now()),
  };
  return {
    targets: {
      queue: disturbable(toQueue, disturbance, receiverQueues),
      topic: new TopicTarget(topicOf),
      stream: queued(new StreamTarget(streamOf)),
      function: queued(new FunctionTarget({ clockOf, poster, functionUrls, handOver })),
      http: queued(new HttpTarget({ clockOf, ids, poster })),
      bucket: queued(new BucketTarget(put)),
      outbox: disturbable(toOutbox, disturbance, receiverQueues),
    },
    delayed: (account) => receiverQueues.delayed(account),
    pendingByKey: () => receiverQueues.pendingByKey(),
    receivers: receiverQueues,
    reset(account) {
      receiverQueues.reset(account);
      queue.reset();
    },
    close() {
      receiverQueues.reset();
      poster.close();
    },
  };
}
