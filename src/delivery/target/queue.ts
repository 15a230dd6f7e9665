import type { NewMessage } from "../../engine/queue/message.ts";
import type { Queue } from "../../engine/queue/queue.ts";
import type { QueueDirectory } from "../../engine/queue/queue-directory.ts";
import type { Queues } from "../../engine/queue/queues.ts";
import { type AttemptResult, delivered, type Failure, refused } from "../transport/attempt.ts";
import { type Job, settle, type Target } from "../transport/job.ts";

const DELIVERED = delivered();
const NO_QUEUE = refused("The queue does not exist");

/** Something that queues can get. */
interface QueueContent {
  /** For whom a shared body is made. */
  readonly reader?: string | undefined;
  /** What a queue gets, given which type it is of; or why it gets nothing. */
  messageFor(queue: { readonly isFifo: boolean }): NewMessage | Failure;
}

export interface QueuePayload extends QueueContent {
  readonly queueArn: string;
  /** On whose behalf it is sent, again and again: the queue is looked up once for it. */
  readonly sender: object;
}

/** Where a sender's queue is looked for. */
interface Address {
  readonly queues: Queues;
  readonly name: string;
}

/**
 * Queues. They are in this process, so a message is in the queue before its source goes on, and in the order of sending.
 * Nothing can fail that a retry would heal.
 */
export class QueueTarget implements Target<QueuePayload> {
  readonly #queues: QueueDirectory;
  /** Reading an ARN takes longer than sending a message. */
  #addresses = new WeakMap<object, Address>();

  constructor(queues: QueueDirectory) {
    this.#queues = queues;
  }

  deliver(job: Job<QueuePayload>): void {
    settle(job, 1, this.put(job.payload));
  }

  take(payload: QueuePayload): AttemptResult {
    return this.put(payload);
  }

  /** Puts a message into a queue, and says what came of it. */
  put(payload: QueuePayload): AttemptResult {
    const queue = this.#queueOf(payload);
    return queue === undefined ? NO_QUEUE : (put(queue, payload) ?? DELIVERED);
  }

  /** Forgets which queue is whose; call it when queues are forgotten. */
  reset(): void {
    this.#addresses = new WeakMap();
  }

  #queueOf({ sender, queueArn }: QueuePayload): Queue | undefined {
    const known = this.#addresses.get(sender);
    const there = known?.queues.find(known.name);
    // Queues of an account and region that was empty meanwhile are no longer those that were known.
    if (there !== undefined) return there;
    const queue = this.#queues.byArn(queueArn);
    if (queue !== undefined) this.#addresses.set(sender, { queues: this.#queues.in(queue.scope), name: queue.name });
    return queue;
  }
}

/** Puts into a queue what it is to get, or says why it gets nothing. */
export function put(queue: Queue, content: QueueContent): Failure | undefined {
  const message = content.messageFor(queue);
  if ("reason" in message) return message;
  queue.accept(message, content.reader);
  return undefined;
}
