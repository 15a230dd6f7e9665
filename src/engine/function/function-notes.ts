import type { FunctionAnswer } from "../invocation.ts";

/**
 * What goes on with a function and changes nothing that is kept: told to who listens and to nobody else. The function is named
 * as its caller qualifies it; instants are epoch milliseconds.
 */
export type FunctionNote = {
  readonly at: number;
  readonly functionArn: string;
} /** An event source mapping took messages of a queue or records of a stream for it, or passed over them since its filters do not want them. */ & (
  | {
      readonly type: "recordsPolled" | "recordsFiltered";
      /** ARN of the queue or stream. */
      readonly source: string;
      /** Ids of messages, or sequence numbers. */
      readonly ids: readonly string[];
    }
  | {
      readonly type: "functionInvoked";
      readonly requestId: string;
      readonly source: string | undefined;
      readonly outcome: Exclude<FunctionAnswer["type"], "stopped">;
      readonly durationMs: number;
    }
  /** Who is to know heard how an event or a batch ended. */
  | { readonly type: "destinationTold"; readonly receiver: string; readonly isFailure: boolean }
);

/** Hears of a note. Never throws, and asks no engine: it is told in the middle of what engines do. */
type NoteListener = (note: FunctionNote) => void;

/** Tells those who listen what goes on with functions. While nobody does a note costs a look. */
export class FunctionNotes {
  readonly #listeners = new Set<NoteListener>();

  /** Whether anybody listens; notes need be made only then. */
  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  tell(note: FunctionNote): void {
    for (const listener of this.#listeners) listener(note);
  }

  /** Calls the listener for every note from now on. Returns what ends that. */
  listen(listener: NoteListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
