import { Deduplication } from "../../kernel/collection/deduplication.ts";
import type { NewMessage } from "./message.ts";
import type { QueueSettings } from "./settings.ts";

type Scope = QueueSettings["deduplicationScope"];

/**
 * The keys of the messages a FIFO queue accepted lately. A deduplication id keeps the scope it was accepted in, whatever
 * the scope is now, so there is a memory for each; one of them is empty unless the scope was changed.
 */
export class AcceptedMessages {
  readonly #inQueue = new Deduplication<number>();
  readonly #inGroups = new Deduplication<number>();

  /** The key of the message that this one is a duplicate of. */
  twinOf({ deduplicationId: id, groupId }: NewMessage): number | undefined {
    if (id === undefined) return undefined;
    return this.#inQueue.find(id, undefined) ?? this.#inGroups.find(id, groupId);
  }

  remember({ deduplicationId: id, groupId }: NewMessage, { key, at, scope }: Acceptance): void {
    if (id === undefined) return;
    if (scope === "queue") this.#inQueue.remember(id, undefined, { accepted: key, at });
    else this.#inGroups.remember(id, groupId, { accepted: key, at });
  }

  /** When the next is forgotten; Infinity while there is none. */
  get nextEnd(): number {
    return Math.min(this.#inQueue.nextEnd, this.#inGroups.nextEnd);
  }

  passTime(now: number): void {
    this.#inQueue.passTime(now);
    this.#inGroups.passTime(now);
  }
}

interface Acceptance {
  readonly key: number;
  readonly at: number;
  readonly scope: Scope;
}
