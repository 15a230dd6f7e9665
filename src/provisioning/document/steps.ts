/** Something that is done step by step, so that others can have their turn between two of them. */
export type Steps<T> = Generator<void, T, void>;

/** Does all steps one after the other. */
export function inOneGo<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Does each step in a turn of its own: `pause` has others have theirs. */
export async function inTurns<T>(steps: Steps<T>, pause: () => Promise<void>): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    await pause();
    step = steps.next();
  }
  return step.value;
}
