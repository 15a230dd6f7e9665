import { type AttemptResult, delivered, type Failure } from "../transport/attempt.ts";
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
    settle(job, 1, this.put(job, job.payload.sentAt));
  }

  /** Keeps a message as one that arrived at that instant, and says what came of it. */
  put({ payload, characters }: Job<OutboxPayload>, at: number): AttemptResult {
    const content = payload.content();
    if ("reason" in content) return content;
    this.#store.keep({ address: payload.address, at, characters, content });
    return DELIVERED;
  }
}
