import { type HeapItem, IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import { present } from "../../../kernel/present.ts";
import type { Stream } from "../stream.ts";

interface Expiry extends HeapItem {
  readonly stream: Stream;
}

/**
 * When time alone next changes or frees something of the streams of an account and region. A stream says so whenever that
 * comes sooner than it did; that it comes later is found out once it is looked at, so that using a stream costs nothing.
 */
export class StreamExpiries {
  readonly #byStream = new Map<Stream, Expiry>();
  /** By an instant before which nothing of the stream expires. */
  readonly #heap = new IndexedHeap<Expiry>();

  /** When the next of them is due; Infinity when there is none. Costs O(log n) for each that is later than it was. */
  get next(): number {
    for (let expiry = this.#heap.first(); expiry !== undefined; expiry = this.#heap.first()) {
      const { nextExpiry } = expiry.stream;
      if (nextExpiry <= this.#heap.firstRank()) break;
      this.#heap.set(expiry, nextExpiry);
    }
    return this.#heap.firstRank();
  }

  /** A stream of which something is due by then; undefined when there is none. */
  due(now: number): Stream | undefined {
    return this.next <= now ? present(this.#heap.first(), "the next expiry").stream : undefined;
  }

  add(stream: Stream): void {
    this.#byStream.set(stream, { heapSlot: -1, stream });
    this.update(stream);
  }

  /** Something of the stream may be due sooner. One that was not added is passed over. */
  update(stream: Stream): void {
    const expiry = this.#byStream.get(stream);
    if (expiry !== undefined) this.#heap.set(expiry, stream.nextExpiry);
  }

  delete(stream: Stream): void {
    const expiry = this.#byStream.get(stream);
    if (expiry === undefined) return;
    this.#heap.delete(expiry);
    this.#byStream.delete(stream);
  }
}
