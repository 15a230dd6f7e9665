import type { Batch } from "./store.ts";

/** A batch, and whoever waits for it. */
export interface Sealed {
  readonly batch: Batch;
  readonly waiting: Waiting;
  /** Lets go of what its entries are made of. */
  readonly end?: (() => void) | undefined;
}

/** How many entries are held for those batches; those that are told when they are read are not. */
export function entriesIn(batches: readonly Sealed[]): number {
  let count = 0;
  for (const { batch } of batches) if (Array.isArray(batch.entries)) count += batch.entries.length;
  return count;
}

/** Whoever waits until a batch is kept. */
export interface Waiting {
  readonly kept: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (failure: Error) => void;
}

export function waiting(): Waiting {
  let [resolve, reject]: [() => void, (failure: Error) => void] = [() => {}, () => {}];
  const kept = new Promise<void>((done, refused) => {
    [resolve, reject] = [done, refused];
  });
  kept.catch(() => {}); // there may be nobody who waits
  return { kept, resolve, reject };
}

export function rejected(failure: Error): Promise<void> {
  const kept = Promise.reject(failure);
  kept.catch(() => {}); // there may be nobody who waits
  return kept;
}

/** Why something is not kept, as a sentence. */
export function failureOf(cause: unknown): Error {
  return new Error(`State cannot be kept: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}
