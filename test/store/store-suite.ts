import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry } from "../../src/kernel/event/event-log.ts";
import type { AccountBase, Store } from "../../src/store/store.ts";

export const ONE = "111111111111";
export const TWO = "222222222222";

export const entry = (account: string, at: number, body = "Grüße ✓"): Entry => ({
  resource: `arn:aws:sqs:us-east-1:${account}:jobs`,
  event: { type: "sent", at, body } as Entry["event"],
});
export const put = async (store: Store, ...entries: readonly Entry[]): Promise<void> =>
  store.append({ number: store.nextBatch, entries });
export const loaded = async (store: Store): Promise<readonly Entry[]> => [...(await store.load())].flat();
export const base = (store: Store, account: string, ...entries: readonly Entry[]): AccountBase => ({
  account,
  entries,
  lastBatch: store.nextBatch - 1,
});

/** What some places for texts do not take, or change: NUL, halves of surrogate pairs, backslashes, what looks like another encoding. */
const ODD = [
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udc00\ud800",
  "\\x00",
  "\\u0000",
  "\ufeff",
  "é",
  "e\u0301",
  "\u2028",
  "'; --",
];
const lonely = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));

/** Where one store after the other is opened that go on with what the one before kept. */
interface Place extends AsyncDisposable {
  open(): Promise<Store>;
}

/** What every store does. */
export function storeSuite(newPlace: () => Place | Promise<Place>): void {
  test("gives back, opened once more, what was appended, in order", async () => {
    await using place = await newPlace();
    const store = await place.open();
    await put(store, entry(ONE, 1), entry(TWO, 2));
    await put(store, entry(ONE, 3));
    await store.close();
    const again = await place.open();
    expect(await loaded(again)).toEqual([entry(ONE, 1), entry(TWO, 2), entry(ONE, 3)]);
    for (let at = 4; at < 30; at++) await put(again, entry(ONE, at));
    expect((await loaded(again)).map(({ event }) => event.at)).toEqual(Array.from({ length: 29 }, (_, at) => at + 1));
    await again.close();
  });

  test("gives back bases in the place of what led to them, and what happened since", async () => {
    await using place = await newPlace();
    const store = await place.open();
    await put(store, entry(ONE, 1), entry(TWO, 2));
    await store.compact(
      (async function* () {
        yield base(store, ONE, entry(ONE, 100));
        await put(store, entry(ONE, 3), entry(TWO, 4));
        yield base(store, TWO, entry(TWO, 200));
      })(),
    );
    await put(store, entry(TWO, 5));
    const expected = [entry(ONE, 100), entry(TWO, 200), entry(ONE, 3), entry(TWO, 5)];
    expect(await loaded(store)).toEqual(expected);
    await store.close();
    const again = await place.open();
    expect(await loaded(again)).toEqual(expected);
    await again.close();
  });

  test("keeps a batch of any size whole", async () => {
    await using place = await newPlace();
    const large = Array.from({ length: 40 }, (_, at) => entry(ONE, at, "x".repeat(100_000)));
    const store = await place.open();
    await put(store, entry(ONE, 1), ...large);
    await put(store, entry(ONE, 2));
    await store.close();
    const again = await place.open();
    expect(await loaded(again)).toEqual([entry(ONE, 1), ...large, entry(ONE, 2)]);
    await again.close();
  });

  test("keeps an entry of many megabytes", async () => {
    await using place = await newPlace();
    const large = [entry(ONE, 1, "✓".repeat(3_000_000)), entry(ONE, 2, "x".repeat(2 * 1024 * 1024))];
    const store = await place.open();
    await put(store, ...large);
    await put(store, entry(ONE, 3));
    expect(await loaded(store)).toEqual([...large, entry(ONE, 3)]);
    await store.compact(only(base(store, ONE, ...large)));
    await store.close();
    const again = await place.open();
    expect(await loaded(again)).toEqual(large);
    await again.close();
  });

  test("gives back whatever an entry says as it was, be it in a batch or in a base", async () => {
    await using place = await newPlace();
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: lonely }), fc.constantFrom(...ODD));
    const value = fc.jsonValue({ stringUnit: "binary" });
    const bytes = fc.uint8Array().map((data) => Buffer.from(data).toString("base64"));
    const entries = fc.record({ name: text, text, value, bytes }).map(({ name, ...said }) => ({
      resource: `arn:aws:sqs:us-east-1:${ONE}:${name}`,
      event: { type: "sent", at: 1, ...said } as Entry["event"],
    }));
    const batches = fc.sample(fc.array(entries, { minLength: 1, maxLength: 20 }), { numRuns: 60, seed: 7 });
    const store = await place.open();
    for (const batch of batches) await put(store, ...batch);
    const expected = batches.flat().map((one) => JSON.stringify(one));
    const found = async () => (await loaded(store)).map((one) => JSON.stringify(one));
    expect(await found()).toEqual(expected);
    await store.compact(only(base(store, ONE, ...batches.flat())));
    expect(await found()).toEqual(expected);
    await store.close();
  });

  test("is not changed by a compaction that did not come to its end, and goes on to the next one", async () => {
    await using place = await newPlace();
    const store = await place.open();
    await put(store, entry(ONE, 1));
    const compaction = store.compact(
      (async function* () {
        yield base(store, ONE, entry(ONE, 100));
        await put(store, entry(ONE, 2));
        throw new Error("The disk is full.");
      })(),
    );
    await expect(compaction).rejects.toThrow("The disk is full.");
    await put(store, entry(ONE, 3));
    await store.close();
    const again = await place.open();
    expect(await loaded(again)).toEqual([entry(ONE, 1), entry(ONE, 2), entry(ONE, 3)]);
    await again.compact(only(base(again, ONE, entry(ONE, 100))));
    expect(await loaded(again)).toEqual([entry(ONE, 100)]);
    await again.close();
  });

  test("has grown once what happened takes far more than what there is, until it is compacted, opened once more or not", async () => {
    await using place = await newPlace();
    const store = await place.open();
    const much = Array.from({ length: 10 }, (_, at) => entry(ONE, at, "x".repeat(10_000)));
    const grow = async (to: Store) => {
      for (let round = 0; round < 50; round++) await put(to, ...much);
    };
    expect(store.isGrown(0)).toBe(false);
    await grow(store);
    expect(store.isGrown(0)).toBe(true);
    expect(store.appendedBytes).toBeGreaterThan(5_000_000);
    await store.compact(only(base(store, ONE, entry(ONE, 0))), 0);
    expect(store.isGrown(0)).toBe(false);
    expect(store.appendedBytes).toBeGreaterThan(5_000_000);
    await store.close();
    const again = await place.open();
    expect([again.isGrown(0), again.appendedBytes]).toEqual([false, 0]);
    await grow(again);
    expect(again.isGrown(0)).toBe(true);
    await again.close();
  });
}

export async function* only(one: AccountBase): AsyncGenerator<AccountBase, void, void> {
  yield one;
}
