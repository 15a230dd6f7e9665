/** Runs a task in a later turn of the event loop. */
export type Soon = (task: () => void) => void;

/** Settles in a later turn of the event loop, once others had theirs. */
export type NextTurn = () => Promise<void>;

/** Work that is done step by step: others can have their turn wherever it yields. */
export type Steps<T> = Generator<void, T, void>;

/** Work that says how large each of its steps was. */
export type MeasuredSteps<T> = Generator<number, T, void>;

export function nextTurnBy(soon: Soon): NextTurn {
  return () => new Promise((resolve) => soon(resolve));
}

/** Does all steps in the turn it is called in. */
export function inOneGo<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Does each step in a turn of its own. */
export async function inTurns<T>(steps: Steps<T>, nextTurn: NextTurn): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    await nextTurn();
    step = steps.next();
  }
  return step.value;
}

/** Puts small steps together to steps of that size or somewhat more. */
export function* bundled<T>(steps: MeasuredSteps<T>, size: number): Steps<T> {
  for (let done = 0; ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    done += step.value;
    if (done < size) continue;
    done = 0;
    yield;
  }
}

/** Passes the items on, at most so many in one turn. What was listed may be gone when it comes. */
export async function* itemsInTurns<Item>(
  items: Iterable<Item>,
  perTurn: number,
  nextTurn: NextTurn,
): AsyncGenerator<Item, void, void> {
  let count = 0;
  for (const item of items) {
    if (count === perTurn) {
      count = 0;
      await nextTurn();
    }
    count++;
    yield item;
  }
}
