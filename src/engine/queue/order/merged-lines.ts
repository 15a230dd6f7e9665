import { type HeapItem, IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import type { Placed, Tenant } from "./tenant.ts";

/** What is left of a tenant's messages, and the next of them. */
interface Line extends HeapItem {
  readonly rest: Iterator<Placed, void>;
  next: Placed;
}

/**
 * The messages of all tenants for which that holds, behind that place and in order. `tenants` are in the order of their first
 * places, and none is looked at before its turn comes: what is taken costs O(log n).
 */
export function* mergedLines(
  tenants: Iterator<Tenant, void>,
  isWanted: (tenant: Tenant) => boolean,
  behind: number,
): Generator<Placed, void, void> {
  const lines = new IndexedHeap<Line>();
  let tenant = tenants.next().value;
  for (;;) {
    for (; tenant && tenant.firstPlace <= lines.firstRank(); tenant = tenants.next().value) {
      if (isWanted(tenant)) open(lines, tenant.behind(behind));
    }
    const line = lines.first();
    if (line === undefined) return;
    yield line.next;
    advance(lines, line);
  }
}

function open(lines: IndexedHeap<Line>, rest: Iterator<Placed, void>): void {
  const { value } = rest.next();
  if (value) lines.set({ heapSlot: -1, rest, next: value }, value.place);
}

function advance(lines: IndexedHeap<Line>, line: Line): void {
  const { value } = line.rest.next();
  if (!value) lines.delete(line);
  else {
    line.next = value;
    lines.set(line, value.place);
  }
}
