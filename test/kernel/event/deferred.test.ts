import { describe, expect, test } from "vitest";
import { Deferred, tellSettled } from "../../../src/kernel/event/deferred.ts";

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
