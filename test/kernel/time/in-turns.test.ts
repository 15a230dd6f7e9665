import { expect, test } from "vitest";
import { bundled, inOneGo, inTurns, itemsInTurns, type MeasuredSteps } from "../../../src/kernel/time/in-turns.ts";

/** Work of so many units, told in steps of the size. */
function* work(units: number, size: number): MeasuredSteps<string> {
  for (let done = 0; done < units; done += size) yield size;
  return "done";
}

/** Later turns, which are counted. */
function turns() {
  let had = 0;
  return {
    nextTurn: async () => void had++,
    had: () => had,
  };
}

test.for([
  { units: 499, size: 1, more: 0 },
  { units: 500, size: 500, more: 1 },
  { units: 5_000, size: 100, more: 10 },
  { units: 5_000, size: 1_000, more: 5 },
])("$units units in steps of $size leave $more turns to others", async ({ units, size, more }) => {
  const { nextTurn, had } = turns();
  expect(await inTurns(bundled(work(units, size), 500), nextTurn)).toBe("done");
  expect(had()).toBe(more);
});

test("what goes wrong in a later turn is told to who waits", async () => {
  function* failing(): MeasuredSteps<never> {
    yield 500;
    throw new Error("It is broken.");
  }
  const { nextTurn, had } = turns();
  await expect(inTurns(bundled(failing(), 500), nextTurn)).rejects.toThrow("It is broken.");
  expect(had()).toBe(1);
});

test("work that nobody need wait for is done in one go", () => {
  expect(inOneGo(bundled(work(5_000, 100), 500))).toBe("done");
});

test.for([
  { items: 0, more: 0 },
  { items: 25, more: 0 },
  { items: 26, more: 1 },
  { items: 75, more: 2 },
])("$items items, 25 a turn, leave $more turns to others", async ({ items, more }) => {
  const { nextTurn, had } = turns();
  const passed: number[] = [];
  for await (const item of itemsInTurns(Array(items).keys(), 25, nextTurn)) passed.push(item);
  expect(passed).toEqual([...Array(items).keys()]);
  expect(had()).toBe(more);
});
