import type { Standstill } from "../../src/kernel/event/standstill.ts";

/** Has everybody wait from now on. Returns what ends that. */
export function begunStandstill(standstill: Standstill): () => Promise<void> {
  let finish = (): void => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const done = standstill.during(() => work);
  return () => {
    finish();
    return done;
  };
}
