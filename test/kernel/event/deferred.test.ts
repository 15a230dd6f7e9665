import { describe, expect, test } from "vitest";
import { Deferred, tellEverybody, tellSettled } from "../../../src/kernel/event/deferred.ts";
import { nextTurn } from "../../../src/kernel/time/system-clock.ts";

/** A deferred, and what its listener heard. */
function aListenedTo() {
  const deferred = new Deferred<string>();
  const heard: unknown[] = [];
  deferred.listen(
    (value) => heard.push(value),
    (cause) => heard.push({ cause }),
  );
  return { deferred, heard };
}

const failing = (): never => {
  throw new Error("in make");
};

describe("who listens", () => {
  test("hears of the result when those are told who wait, and once", async () => {
    const { deferred, heard } = aListenedTo();
    deferred.resolve("there");
    expect(heard).toEqual([]);
    tellSettled();
    expect(heard).toEqual(["there"]);
    tellSettled();
    await Promise.resolve();
    expect(heard).toEqual(["there"]);
  });

  test("hears of it in a microtask at the latest", async () => {
    const { deferred, heard } = aListenedTo();
    deferred.resolve("there");
    await Promise.resolve();
    expect(heard).toEqual(["there"]);
  });

  test("hears what went wrong", () => {
    const { deferred, heard } = aListenedTo();
    deferred.reject("broken");
    tellSettled();
    expect(heard).toEqual([{ cause: "broken" }]);
  });

  test("hears of what was settled, and told of, before", () => {
    const deferred = new Deferred<string>();
    deferred.resolve("there");
    tellSettled();
    const heard: string[] = [];
    deferred.listen((value) => heard.push(value), failing);
    tellSettled();
    expect(heard).toEqual(["there"]);
  });
});

test("they are told in the order in which they were settled, those settled meanwhile last", () => {
  const [first, second, third] = [new Deferred<string>(), new Deferred<string>(), new Deferred<string>()];
  const heard: string[] = [];
  const note = (value: string): void => void heard.push(value);
  first.listen((value) => {
    note(value);
    third.resolve("third");
    tellSettled(); // who is told tells nobody
    note("end of first");
  }, failing);
  second.listen(note, failing);
  third.listen(note, failing);
  second.resolve("second");
  first.resolve("first");
  tellSettled();
  expect(heard).toEqual(["second", "first", "end of first", "third"]);
});

describe("what is made of a result", () => {
  test("is there at once, however many steps there are", () => {
    const deferred = new Deferred<number>();
    const heard: number[] = [];
    deferred
      .map((value) => value + 1)
      .map((value) => value * 2)
      .listen((value) => heard.push(value), failing);
    deferred.resolve(3);
    tellSettled();
    expect(heard).toEqual([8]);
  });

  test.for([
    { where: "before", settle: (deferred: Deferred<string>) => deferred.reject(new Error("before")), make: () => "" },
    { where: "in make", settle: (deferred: Deferred<string>) => deferred.resolve(""), make: failing },
  ])("is made of what went wrong $where", ({ where, settle, make }) => {
    const deferred = new Deferred<string>();
    const heard: string[] = [];
    const mended = deferred.map(make, (cause) => `mended: ${cause}`);
    mended.listen((value) => heard.push(value), failing);
    settle(deferred);
    tellSettled();
    expect(heard).toEqual([`mended: Error: ${where}`]);
  });

  test("fails as what mends does, and with what went wrong where nothing mends", async () => {
    const deferred = new Deferred<string>();
    const made = deferred.map(failing);
    deferred.resolve("");
    await expect(made).rejects.toThrow("in make");
  });
});

test("it can be awaited, by more than one", async () => {
  const deferred = new Deferred<string>();
  const both = Promise.all([deferred, deferred]);
  deferred.resolve("there");
  expect(await both).toEqual(["there", "there"]);
});

test("a listener that throws, which none should, keeps nobody else from hearing", async () => {
  const [first, second] = [new Deferred<string>(), new Deferred<string>()];
  const heard: string[] = [];
  first.listen(failing, failing);
  second.listen((value) => heard.push(value), failing);
  first.resolve("first");
  second.resolve("second");
  expect(tellSettled).toThrow("in make");
  await Promise.resolve();
  expect(heard).toEqual(["second"]);
});

/** Many who are in no hurry, settled one after the other, and who has heard so far. */
function manyUnhurried(count: number) {
  const heard: number[] = [];
  for (let place = 0; place < count; place++) {
    const deferred = new Deferred<number>();
    deferred.listen((value) => heard.push(value), failing);
    deferred.resolveUnhurried(place);
  }
  return { heard, all: Array.from({ length: count }, (_, place) => place) };
}

describe("of very many who are in no hurry", () => {
  test("64 are told in a turn, in order, and whoever settles behind them is told behind them", async () => {
    const first = manyUnhurried(150);
    tellSettled();
    expect(first.heard.length).toBe(64);
    const second = manyUnhurried(50);
    tellSettled();
    await Promise.resolve();
    expect([first.heard.length, second.heard.length]).toEqual([64, 0]);
    for (let before = 64; second.heard.length < 50; ) {
      await nextTurn();
      const now = first.heard.length + second.heard.length;
      expect(now - before).toBeLessThanOrEqual(64);
      if (second.heard.length > 0) expect(first.heard.length).toBe(150);
      before = now;
    }
    expect([first.heard, second.heard]).toEqual([first.all, second.all]);
  });

  test("none keeps those waiting who are", async () => {
    const { heard, all } = manyUnhurried(100);
    const { deferred, heard: hurried } = aListenedTo();
    deferred.resolve("there");
    tellSettled();
    expect([heard.length, hurried]).toEqual([64, ["there"]]);
    await nextTurn();
    await nextTurn();
    expect(heard).toEqual(all);
  });

  test("all are told at once when nobody else is to have a turn", () => {
    const { heard, all } = manyUnhurried(100);
    tellSettled();
    tellEverybody();
    const { heard: more, all: allMore } = manyUnhurried(100);
    tellEverybody();
    expect([heard, more]).toEqual([all, allMore]);
  });
});
