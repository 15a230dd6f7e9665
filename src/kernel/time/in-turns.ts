/** Steps of a search that one turn of the event loop takes, a matter of few milliseconds. */
const STEPS_PER_TURN = 500_000;

/**
 * Carries the work out to its end, with others having their turns in between. It yields how many steps it has made since it
 * yielded last; `soon` runs a task in a later turn.
 */
export async function inTurns<T>(work: Iterator<number, T, void>, soon: (task: () => void) => void): Promise<T> {
  for (let steps = 0; ; ) {
    const step = work.next();
    if (step.done) return step.value;
    steps += step.value;
    if (steps < STEPS_PER_TURN) continue;
    steps = 0;
    await new Promise<void>((resolve) => soon(resolve));
  }
}
