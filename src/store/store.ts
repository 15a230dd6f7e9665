import type { Entry } from "../kernel/event/event-log.ts";

/** When something counts as kept: once the operating system has it, or once it is on the disk. */
export type Durability = "process" | "full";

/** Entries that belong together: all of them are kept, or none. */
export interface Batch {
  /** Follows that of the batch before. */
  readonly number: number;
  /** The same however often they are read; many of them may be made while they are. */
  readonly entries: Iterable<Entry>;
}

/** All there is of one account, as the entries that build it. */
export interface AccountBase {
  readonly account: string;
  /** Made while they are read, and the same whatever happens meanwhile: to be read in turns. */
  readonly entries: Iterable<Entry>;
  /** The last batch that these entries are the outcome of. */
  readonly lastBatch: number;
}

/** Where what happens is kept, beyond the end of the process. */
export interface Store {
  /** The number of the batch to come. */
  readonly nextBatch: number;
  /** About how many bytes were appended to it since it was opened. */
  readonly appendedBytes: number;
  /** Whether it takes so many bytes that a compaction is due, now that so many things are held that come and go. Asks the disk, perhaps. */
  isGrown(held: number): boolean;
  /**
   * Keeps a batch. Undefined when it is kept on return, or a promise of that. Throws, or rejects, when it cannot be: then it is to be
   * the next one once more, since none is kept without those before it.
   */
  append(batch: Batch): Promise<void> | undefined;
  /** The entries kept, in order, some at a time; throws StoreRefusal as soon as it finds something damaged. They may have to be fetched. */
  load(): Iterable<readonly Entry[]> | Promise<Iterable<readonly Entry[]>>;
  /**
   * Has what there is of each account stand in the place of what led to it, in steps; appends go on meanwhile. When `bases` ends,
   * every batch that one of them is the outcome of has to be kept. `held` is how many things there are that come and go, such as messages.
   */
  compact(bases: AsyncIterable<AccountBase>, held?: number): Promise<void>;
  /**
   * Undefined when it is sure that what was kept so far is all there is, since nobody else can have added to it; or a promise of
   * that, which rejects when it is not. Stores of which others can take hold are asked before an answer is given that had nothing to keep.
   */
  sure?(): Promise<void> | undefined;
  /** Has that one hear when, between appends, it comes out that nothing can be kept until an append succeeds; some stores can tell. */
  whenInterrupted?(interrupted: (cause: Error) => void): void;
  /** Has that one hear when somebody else took hold of it for good, after which this one keeps nothing any more. */
  whenSuperseded?(superseded: (cause: Error) => void): void;
  /** Resolves once everything is on the disk and others may open it. */
  close(): Promise<void>;
}

/** A store that cannot be used, as a sentence that says what to do. Nothing in it was changed. */
export class StoreRefusal extends Error {
  override readonly name = "StoreRefusal";
}
