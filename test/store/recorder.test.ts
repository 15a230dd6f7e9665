import { describe, expect, test } from "vitest";
import { joined, takenAs } from "../../src/kernel/collection/taken.ts";
import type { Entry } from "../../src/kernel/event/event-log.ts";
import { Standstill } from "../../src/kernel/event/standstill.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import { nextTurn } from "../../src/kernel/time/system-clock.ts";
import { Recorder } from "../../src/store/recorder.ts";
import type { AccountBase, Batch, Store } from "../../src/store/store.ts";
import { begunStandstill } from "../support/begun-standstill.ts";

const ONE = "111111111111";
const TWO = "222222222222";
/** So many things are said to come and go. */
const HELD = 7;
const entry = (account: string, at: number): Entry => ({
  resource: `arn:aws:sqs:us-east-1:${account}:jobs`,
  event: { type: "sent", at },
});

/** Keeps batches in memory, at once or when told to, or fails. */
class FakeStore implements Store {
  readonly batches: Batch[] = [];
  readonly compacted: AccountBase[] = [];
  appendedBytes = 0;
  /** From how many things on it says that it has grown. */
  grownFrom = Number.POSITIVE_INFINITY;
  failure: Error | undefined;
  isSlow = false;
  /** Called when a compaction has taken what there is of an account. */
  taken = () => {};
  isClosed = false;
  readonly #pending: (() => void)[] = [];

  get nextBatch(): number {
    return this.batches.length + 1;
  }

  get numbers(): readonly (readonly number[])[] {
    return this.batches.map(({ entries }) => Array.from(entries, ({ event }) => event.at));
  }

  append(batch: Batch): Promise<void> | undefined {
    if (!this.isSlow) return void this.#keep(batch);
    return new Promise((resolve, reject) => {
      this.#pending.push(() => {
        try {
          resolve(this.#keep(batch));
        } catch (cause) {
          reject(cause);
        }
      });
    });
  }

  /** Has the disk be done with what it was given. */
  async finish(): Promise<void> {
    this.#pending.shift()?.();
    await nextTurn();
  }

  /** Has the one who listens hear that nothing can be kept. */
  interrupt: (cause: Error) => void = () => {};

  whenInterrupted(interrupted: (cause: Error) => void): void {
    this.interrupt = interrupted;
  }

  isGrown(held: number): boolean {
    return held >= this.grownFrom;
  }

  /** What it says to whether nobody else has it. */
  sureness: Promise<void> | undefined;

  sure(): Promise<void> | undefined {
    return this.sureness;
  }

  *load(): Generator<readonly Entry[]> {}

  async compact(bases: AsyncIterable<AccountBase>): Promise<void> {
    for await (const base of bases) {
      this.compacted.push(base);
      this.taken();
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  #keep(batch: Batch): void {
    if (this.failure !== undefined) throw this.failure;
    expect(batch.number).toBe(this.nextBatch);
    this.batches.push(batch);
  }
}

function aRecorder(entries: (account: string) => Iterable<Entry> = () => [], standstill?: Standstill) {
  const taken = (account: string) => takenAs(() => entries(account));
  const takenAnew = (accounts: readonly string[]) => joined(accounts.map(taken));
  const store = new FakeStore();
  const failures: (string | undefined)[] = [];
  const failed = (failure: Error | undefined) => void failures.push(failure?.message);
  const notCompacted = (cause: unknown) => expect.unreachable(String(cause));
  const clock = new Clocks({ now: () => 0, at: () => () => {} }).of(ONE);
  clock.freeze();
  const recorder = new Recorder({ store, taken, takenAnew, held: () => HELD, clock, standstill, failed, notCompacted });
  return { store, failures, clock, recorder };
}

test("what happens in one turn is one batch", async () => {
  const { store, recorder } = aRecorder();
  expect(recorder.kept).toBeUndefined();
  recorder.record(ONE, [entry(ONE, 1), entry(ONE, 2)]);
  recorder.record(TWO, [entry(TWO, 3)]);
  expect(store.batches).toEqual([]);
  await recorder.kept;
  expect(recorder.kept).toBeUndefined();
  recorder.record(ONE, [entry(ONE, 4)]);
  await recorder.kept;
  expect(store.numbers).toEqual([[1, 2, 3], [4]]);
});

test("what happens while a batch is on its way to the disk is the next one", async () => {
  const { store, recorder } = aRecorder();
  store.isSlow = true;
  const order: string[] = [];
  recorder.record(ONE, [entry(ONE, 1)]);
  void recorder.kept?.then(() => order.push("first"));
  await nextTurn();
  for (const at of [2, 3]) {
    recorder.record(ONE, [entry(ONE, at)]);
    await nextTurn();
  }
  void recorder.kept?.then(() => order.push("second"));
  await store.finish();
  expect([order, store.numbers]).toEqual([["first"], [[1]]]);
  await store.finish();
  expect([order, store.numbers]).toEqual([
    ["first", "second"],
    [[1], [2, 3]],
  ]);
});

test("what needs nothing to be kept waits for the store to be sure that nobody else has it, and hears why it is not", async () => {
  const { store, recorder } = aRecorder();
  expect(recorder.kept).toBe(undefined);
  store.sureness = Promise.reject(new Error("the database has not answered"));
  await expect(recorder.kept).rejects.toThrow("State cannot be kept: the database has not answered");
  store.sureness = Promise.resolve();
  await recorder.kept;
});

describe.for([false, true])("when a batch cannot be kept, slow: %s,", (isSlow) => {
  test("whoever waits is told why, and it is kept before anything else once that can be", async () => {
    const { store, failures, recorder } = aRecorder();
    store.isSlow = isSlow;
    store.failure = new Error("ENOSPC: no space left on device");
    recorder.record(ONE, [entry(ONE, 1)]);
    const kept = expect(recorder.kept).rejects.toThrow("State cannot be kept: ENOSPC: no space left on device");
    await nextTurn();
    await store.finish();
    await kept;
    await expect(recorder.kept).rejects.toThrow("State cannot be kept");
    const stillNot = recorder.retry()?.catch(({ message }: Error) => message);
    await store.finish();
    expect(await stillNot).toMatch("State cannot be kept");
    store.failure = undefined;
    const again = recorder.retry();
    await store.finish();
    await again;
    recorder.record(ONE, [entry(ONE, 2)]);
    await nextTurn();
    await store.finish();
    expect(recorder.kept).toBeUndefined();
    expect(store.numbers).toEqual([[1], [2]]);
    expect(failures).toEqual(["State cannot be kept: ENOSPC: no space left on device", undefined]);
  });
});

test("a store that has grown is compacted, account by account, with what was not yet appended", async () => {
  const { store, recorder } = aRecorder((account) => (account === ONE ? [entry(ONE, 1000)] : []));
  recorder.record(TWO, [entry(TWO, 1)]);
  store.appendedBytes = 100_000;
  store.grownFrom = HELD;
  for (const at of [2, 3]) {
    recorder.record(ONE, [entry(ONE, at)]);
    await recorder.kept;
  }
  expect(store.compacted).toEqual([]);
  store.taken = () => {
    store.taken = () => {};
    recorder.record(ONE, [entry(ONE, 1001)]);
  };
  store.appendedBytes = 200_000;
  for (const at of [4, 5]) {
    recorder.record(ONE, [entry(ONE, at)]);
    await recorder.kept;
  }
  await nextTurn();
  expect(store.compacted.map(({ account, entries }) => [account, [...entries].length])).toEqual([
    [TWO, 0],
    [ONE, 1],
  ]);
  expect(store.compacted.map(({ lastBatch }) => lastBatch)).toEqual([3, 4]);
  await recorder.kept;
  expect(store.numbers.at(-1)).toContain(1001);
});

test("whether a store has grown is asked a second after the last batch as well, and once more after a compaction, not after the end", async () => {
  const { store, recorder, clock } = aRecorder();
  const asked: number[] = [];
  store.isGrown = () => asked.push(clock.now()) === 2;
  recorder.record(ONE, [entry(ONE, 1)]);
  await recorder.kept;
  const begunAt = clock.now();
  clock.advance(999);
  expect(asked).toEqual([]);
  clock.advance(1);
  clock.advance(60_000);
  expect(asked).toEqual([begunAt + 1000]);
  recorder.record(ONE, [entry(ONE, 2)]);
  await recorder.kept;
  clock.advance(1_000);
  await nextTurn();
  expect(store.compacted).toHaveLength(1);
  clock.advance(1_000);
  expect(asked).toHaveLength(3);
  recorder.record(ONE, [entry(ONE, 3)]);
  await recorder.close();
  clock.advance(60_000);
  expect(asked).toHaveLength(3);
});

test("what is open when it is closed is kept", async () => {
  const { store, recorder } = aRecorder();
  recorder.record(ONE, [entry(ONE, 1)]);
  await recorder.close();
  expect(store.numbers).toEqual([[1]]);
  expect(store.isClosed).toBe(true);
});

test("refuses from the moment the store says that it is cut off, although nothing waits, until it can append", async () => {
  const { store, failures, recorder } = aRecorder();
  store.failure = new Error("no connection");
  store.interrupt(store.failure);
  expect(failures).toEqual(["State cannot be kept: no connection"]);
  await expect(recorder.kept).rejects.toThrow("no connection");
  await expect(recorder.retry()).rejects.toThrow("no connection");
  store.failure = undefined;
  expect(recorder.retry()).toBeUndefined();
  expect(failures).toEqual(["State cannot be kept: no connection", undefined]);
  expect(store.numbers).toEqual([[]]);
});

test("what there is of an account is a batch of its own, behind what was recorded, told while it is kept and then let go of", async () => {
  const { store, recorder } = aRecorder();
  const read: string[] = [];
  const taken = {
    *[Symbol.iterator]() {
      read.push("read");
      yield entry(ONE, 2);
    },
    end: () => void read.push("end"),
  };
  store.isSlow = true;
  recorder.record(ONE, [entry(ONE, 1)]);
  recorder.recordTaken([ONE, TWO], taken);
  recorder.record(ONE, [entry(ONE, 3)]);
  const kept = recorder.kept;
  expect(read).toEqual([]);
  for (let batches = 0; batches < 3; batches++) {
    await nextTurn();
    await store.finish();
  }
  await kept;
  expect(read).toEqual(["end"]);
  expect(store.numbers).toEqual([[1], [2], [3]]);
  expect(recorder.accounts()).toEqual([ONE, TWO]);
});

test("what could not be kept of an account is told once more", async () => {
  const { store, recorder } = aRecorder();
  let ends = 0;
  store.failure = new Error("the disk is full");
  recorder.recordTaken([ONE], Object.assign([entry(ONE, 1)], { end: () => void ends++ }));
  await expect(recorder.kept).rejects.toThrow("the disk is full");
  expect(ends).toBe(0);
  store.failure = undefined;
  await recorder.retry();
  expect([store.numbers, ends]).toEqual([[[1]], 1]);
});

/** One whose store has failed since the first entry, behind which came so many that what there is, is to stand for them. */
async function overwhelmed(standstill?: Standstill) {
  let now: readonly Entry[] = [];
  const faulty = aRecorder((account) => (account === ONE ? now : []), standstill);
  const { store, recorder } = faulty;
  store.failure = new Error("the disk is full");
  recorder.record(ONE, [entry(ONE, 1)]);
  await expect(recorder.kept).rejects.toThrow("the disk is full");
  recorder.record(
    TWO,
    Array.from({ length: 1001 }, (_, at) => entry(TWO, at)),
  );
  let ends = 0;
  recorder.recordTaken([TWO], Object.assign([entry(TWO, 2)], { end: () => void ends++ }));
  await nextTurn();
  expect(ends).toBe(1);
  recorder.recordTaken([TWO], Object.assign([entry(TWO, 3)], { end: () => void ends++ }));
  expect(ends).toBe(2);
  return {
    ...faulty,
    /** Has there be that and nothing else. */
    holds(...entries: readonly Entry[]) {
      now = entries;
      recorder.record(ONE, entries);
    },
  };
}

describe("while nothing can be kept for long", () => {
  test("what happens is not held beyond a thousand entries: what there is when it can be stands for it", async () => {
    const { store, recorder, holds } = await overwhelmed();
    holds(entry(ONE, 8));
    await nextTurn();
    holds(entry(ONE, 9));
    store.failure = undefined;
    await recorder.retry();
    expect(store.numbers).toEqual([[1], [9]]);
    expect(recorder.kept).toBeUndefined();
    recorder.record(ONE, [entry(ONE, 10)]);
    await recorder.kept;
    expect(store.numbers).toEqual([[1], [9], [10]]);
    expect(recorder.accounts()).toEqual([ONE, TWO]);
  });

  test("so many are held, and kept one by one", async () => {
    const { store, recorder } = aRecorder(() => expect.unreachable());
    store.failure = new Error("the disk is full");
    recorder.record(ONE, [entry(ONE, 1)]);
    await recorder.kept?.catch(() => {});
    recorder.record(
      ONE,
      Array.from({ length: 1000 }, (_, at) => entry(ONE, at)),
    );
    await recorder.kept?.catch(() => {});
    store.failure = undefined;
    await recorder.retry();
    expect(store.numbers.map(({ length }) => length)).toEqual([1, 1000]);
  });

  test("whoever waits meanwhile waits for that, and what comes once it is taken is kept behind it", async () => {
    const { store, recorder, holds } = await overwhelmed();
    store.failure = undefined;
    store.isSlow = true;
    const order: string[] = [];
    const first = recorder.retry()?.then(() => order.push("first"));
    holds(entry(ONE, 9));
    await store.finish();
    expect([order, store.numbers]).toEqual([[], [[1]]]);
    holds(entry(ONE, 10));
    const second = recorder.kept?.then(() => order.push("second"));
    await store.finish();
    await first;
    await nextTurn();
    await store.finish();
    await second;
    expect(order).toEqual(["first", "second"]);
    expect(store.batches.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test("nothing is taken while something stands still", async () => {
    const standstill = new Standstill();
    const { store, recorder, holds } = await overwhelmed(standstill);
    const end = begunStandstill(standstill);
    store.failure = undefined;
    const kept = recorder.retry();
    holds(entry(ONE, 9));
    await nextTurn();
    expect(store.numbers).toEqual([[1]]);
    await end();
    await kept;
    expect(store.numbers).toEqual([[1], [9]]);
  });

  test("once it has given up, nothing is taken", async () => {
    const { store, recorder, holds } = await overwhelmed();
    recorder.giveUp(new Error("somebody else has it"));
    store.failure = undefined;
    holds(entry(ONE, 9));
    await expect(recorder.retry()).rejects.toThrow("somebody else has it");
    expect(store.numbers).toEqual([]);
  });
});

test("nothing is taken for a compaction while something stands still", async () => {
  const standstill = new Standstill();
  const { store, recorder } = aRecorder(() => [entry(ONE, 9)], standstill);
  const end = begunStandstill(standstill);
  store.grownFrom = HELD;
  store.appendedBytes = 200_000;
  recorder.record(ONE, [entry(ONE, 1)]);
  await recorder.kept;
  await nextTurn();
  expect(store.compacted).toEqual([]);
  await end();
  await nextTurn();
  expect(store.compacted.map(({ account }) => account)).toEqual([ONE]);
});

test("once it has given up, nothing is kept or held any more, and whoever waits is told why", async () => {
  const { store, recorder, failures } = aRecorder();
  let ends = 0;
  recorder.record(ONE, [entry(ONE, 1)]);
  const kept = recorder.kept;
  recorder.giveUp(new Error("somebody else has it"));
  await expect(kept).rejects.toThrow("State cannot be kept: somebody else has it");
  recorder.record(ONE, [entry(ONE, 2)]);
  recorder.recordTaken([ONE], Object.assign([entry(ONE, 3)], { end: () => void ends++ }));
  await expect(recorder.retry()).rejects.toThrow("somebody else has it");
  await nextTurn();
  expect([store.batches, failures, ends]).toEqual([[], ["State cannot be kept: somebody else has it"], 1]);
});

test("it gives up in the middle of an append with what that says, and lets go of what waits", async () => {
  const { store, recorder, failures } = aRecorder();
  let ends = 0;
  store.isSlow = true;
  recorder.record(ONE, [entry(ONE, 1)]);
  await nextTurn();
  recorder.recordTaken([ONE], Object.assign([entry(ONE, 2)], { end: () => void ends++ }));
  const kept = recorder.kept;
  store.failure = new Error("somebody else has it");
  recorder.giveUp(store.failure);
  expect(failures).toEqual([]);
  await store.finish();
  await expect(kept).rejects.toThrow("somebody else has it");
  expect([failures.length, ends]).toEqual([1, 1]);
});
