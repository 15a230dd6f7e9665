import { type HeapItem, IndexedHeap } from "../collection/indexed-heap.ts";

/** Something that falls due at an instant. */
interface Due {
  readonly at: number;
}

interface Source<T> extends HeapItem {
  readonly rest: Iterator<T, void>;
  next: T;
}

/** What several sources have in the order of its instants. Each is in that order; what is taken costs O(log n) of their number. */
export function* inOrderOfInstants<T extends Due>(sources: Iterable<Iterable<T>>): Generator<T, void, void> {
  const open = new IndexedHeap<Source<T>>();
  for (const source of sources) {
    const rest: Iterator<T, void> = source[Symbol.iterator]();
    const first = rest.next();
    if (!first.done) open.set({ heapSlot: -1, rest, next: first.value }, first.value.at);
  }
  for (let source = open.first(); source !== undefined; source = open.first()) {
    yield source.next;
    const following = source.rest.next();
    if (following.done) open.delete(source);
    else {
      source.next = following.value;
      open.set(source, following.value.at);
    }
  }
}
