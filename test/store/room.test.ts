import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takenAs } from "../../src/kernel/collection/taken.ts";
import type { Entry } from "../../src/kernel/event/event-log.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import { nextTurn } from "../../src/kernel/time/system-clock.ts";
import { openLmdbStore } from "../../src/store/lmdb-store.ts";
import { Recorder } from "../../src/store/recorder.ts";
import type { Store } from "../../src/store/store.ts";
import { Dice } from "../durability/dice.ts";
import { ONE } from "./store-suite.ts";

const THINGS = 800;
const BODY_CHARACTERS = 20_000;
/** So many changes take the place of every thing more than once. */
const CHANGES = 2 * THINGS;
const PRINTABLE = 94;

/** Things of which one after the other changes, kept in a folder. */
class Things implements AsyncDisposable {
  readonly clock = new Clocks({ now: () => 0, at: () => () => {} }).of(ONE);
  readonly #folder: string;
  readonly #recorder: Recorder;
  readonly #byKey = new Map<number, Entry>();
  /** How many compactions have begun, and how many are over. */
  readonly compactions = { begun: 0, over: 0 };

  static async open(): Promise<Things> {
    const folder = mkdtempSync(join(tmpdir(), "waystation-room-"));
    return new Things(folder, await openLmdbStore(folder, "process"));
  }

  private constructor(folder: string, store: Store) {
    this.#folder = folder;
    this.clock.freeze();
    const compact = async (...args: Parameters<Store["compact"]>): Promise<void> => {
      this.compactions.begun++;
      await store.compact(...args);
      this.compactions.over++;
    };
    const noting = new Proxy(store, {
      get(target, name) {
        const value: unknown = name === "compact" ? compact : Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    this.#recorder = new Recorder({
      store: noting,
      taken: () => takenAs(() => [...this.#byKey.values()]),
      takenAnew: () => expect.unreachable(),
      held: () => this.#byKey.size,
      clock: this.clock,
      failed: (failure) => expect.unreachable(String(failure)),
      notCompacted: (cause) => expect.unreachable(String(cause)),
    });
  }

  /** What its files have together. One may go while they are looked at. */
  get bytes(): number {
    return readdirSync(this.#folder)
      .filter((name) => name.includes(".mdb"))
      .reduce((sum, name) => sum + (statSync(join(this.#folder, name), { throwIfNoEntry: false })?.size ?? 0), 0);
  }

  /** What there is has as text. */
  get text(): number {
    return Buffer.byteLength(JSON.stringify([...this.#byKey.values()]));
  }

  async put(key: number, body: string): Promise<void> {
    const entry = { resource: `arn:aws:sqs:us-east-1:${ONE}:jobs`, event: { type: "sent", at: key, body } };
    this.#byKey.set(key, entry);
    this.#recorder.record(ONE, [entry]);
    await this.#recorder.kept;
  }

  async clear(): Promise<void> {
    this.#byKey.clear();
    this.#recorder.record(ONE, [{ resource: `arn:aws:sqs:us-east-1:${ONE}:jobs`, event: { type: "purged", at: 0 } }]);
    await this.#recorder.kept;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#recorder.close();
    rmSync(this.#folder, { recursive: true });
  }
}

const plainBody = (key: number) => `order ${key} was shipped; `.repeat(1_000).slice(0, BODY_CHARACTERS);
/** Of characters that take a byte each, in which there is no order at all. */
function randomBody(dice: Dice): string {
  return String.fromCharCode(...Array.from({ length: BODY_CHARACTERS }, () => 0x21 + dice.below(PRINTABLE)));
}

test.for(["plain", "random"] as const)(
  "files with %s texts never take more than twice the text of what there is, nor while they are compacted",
  async (kind) => {
    await using things = await Things.open();
    const dice = new Dice(1);
    const bodies = Array.from({ length: 40 }, (_, number) => (kind === "plain" ? plainBody(number) : randomBody(dice)));
    const put = (change: number) => things.put(change % THINGS, bodies[dice.below(bodies.length)] ?? "");
    for (let change = 0; change < THINGS; change++) await put(change);
    const { text } = things;
    let [most, turns] = [0, 0];
    const sample = () => {
      const { bytes, compactions } = things;
      most = Math.max(most, bytes);
      if (compactions.begun > compactions.over) turns++;
    };
    for (let change = 0; change < CHANGES; change++) {
      await put(change);
      sample();
      await nextTurn();
      sample();
    }
    expect(things.compactions.over).toBeGreaterThan(0);
    expect(turns).toBeGreaterThan(20);
    expect(most / text).toBeLessThanOrEqual(2);
  },
);

test("what was emptied gives its room back within a second, though nothing else happens", async () => {
  await using things = await Things.open();
  for (let change = 0; change < 2 * THINGS; change++) await things.put(change % THINGS, plainBody(change));
  while (things.compactions.begun > things.compactions.over) await nextTurn();
  const over = things.compactions.over;
  await things.clear();
  expect(things.bytes).toBeGreaterThan(1_000_000);
  things.clock.advance(1_000);
  while (things.compactions.over === over) await nextTurn();
  expect(things.bytes).toBeLessThan(200_000);
});
