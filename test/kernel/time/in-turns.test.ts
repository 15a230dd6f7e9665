import { expect, test } from "vitest";
import { inTurns } from "../../../src/kernel/time/in-turns.ts";

/** Work of so many steps, told in parts of the size. */
function* work(steps: number, size: number): Generator<number, string, void> {
  for (let done = 0; done < steps; done += size) yield size;
  return "done";
}

/** Later turns that are had by hand. */
function turns() {
  const tasks: (() => void)[] = [];
  let had = 0;
  return {
    soon: (task: () => void) => void tasks.push(task),
    /** Has turns until nothing is left to do. */
    async haveAll(): Promise<number> {
      for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
        had++;
        task();
        await Promise.resolve();
        await Promise.resolve();
      }
      return had;
    },
  };
}

test.for([
  { steps: 499_999, size: 1, more: 0 },
  { steps: 500_000, size: 500_000, more: 1 },
  { steps: 5_000_000, size: 100_000, more: 10 },
  { steps: 5_000_000, size: 1_000_000, more: 5 },
])("$steps steps in parts of $size leave $more turns to others", async ({ steps, size, more }) => {
  const { soon, haveAll } = turns();
  const result = inTurns(work(steps, size), soon);
  expect(await haveAll()).toBe(more);
  expect(await result).toBe("done");
});

test("what goes wrong in a later turn is told to who waits", async () => {
  function* failing(): Generator<number, never, void> {
    yield 500_000;
    throw new Error("It is broken.");
  }
  const { soon, haveAll } = turns();
  const result = inTurns(failing(), soon);
  const [told] = await Promise.allSettled([result, haveAll()]);
  expect(told).toMatchObject({ status: "rejected", reason: new Error("It is broken.") });
});
