import { delivered, type Failure } from "../transport/attempt.ts";
import { type Job, settle, type Target } from "../transport/job.ts";
import type { OutboxAddress, OutboxContent, OutboxStore } from "./outbox-store.ts";

const DELIVERED = delivered();

export interface OutboxPayload {
  readonly address: OutboxAddress;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** What to keep, or why there is nothing. What takes long to make is made when somebody looks. */
  content(): (() => OutboxContent) | Failure;
}

/** Receivers that nothing here can reach: what they would have got is kept for inspection. */
export class OutboxTarget implements Target<OutboxPayload> {
  readonly #store: OutboxStore;

  constructor(store: OutboxStore) {
    this.#store = store;
  }

  deliver(job: Job<OutboxPayload>): void {
    const { address, sentAt: at } = job.payload;
    const content = job.payload.content();
    if ("reason" in content) return settle(job, 1, content);
    this.#store.keep({ address, at, characters: job.characters, content });
    settle(job, 1, DELIVERED);
  }
}
