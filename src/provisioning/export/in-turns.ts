import type { Session } from "../apply/session.ts";

/** So many resources are asked about in one turn of the event loop. */
const PER_TURN = 25;

/** One after the other, between which others have their turn: what is listed may be gone when it comes. */
export async function* inTurns<Item>(items: Iterable<Item>, session: Session): AsyncGenerator<Item, void, void> {
  let count = 0;
  for (const item of items) {
    if (count++ % PER_TURN === PER_TURN - 1) await session.breathe();
    yield item;
  }
}
