import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Entry } from "../../src/kernel/event/event-log.ts";
import { openLmdbStore } from "../../src/store/lmdb-store.ts";
import { type AccountBase, type Store, StoreRefusal } from "../../src/store/store.ts";
import { Dice } from "../durability/dice.ts";

const ACCOUNT = "111111111111";
const IN_BASE = 600;
const SINCE = 60;
/** What names what is in a file lies in its first two pages. */
const FIRST_PAGES_BYTES = 2 * 4096;

const folder = mkdtempSync(join(tmpdir(), "waystation-damage-"));
let sound: Buffer;

beforeAll(async () => {
  const store = await openLmdbStore(join(folder, "sound"), "process");
  await put(store, 0);
  await store.compact(base(store));
  for (let at = IN_BASE; at < IN_BASE + SINCE; at++) await put(store, at);
  await store.close();
  sound = readFileSync(join(folder, "sound/state-2.mdb"));
});

afterAll(() => rmSync(folder, { recursive: true }));

test("of a file in which one bit is another all is loaded, or nothing with a word of what to do", async () => {
  const outcomes = new Map<string, number>();
  for (let trial = 0; trial < 150; trial++) {
    const dice = new Dice(trial);
    const at = dice.below(trial % 3 === 0 ? FIRST_PAGES_BYTES : sound.length);
    const bytes = Buffer.from(sound);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8));
    const outcome = await loadedFrom(bytes, `flipped-${trial}`);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  expect([...outcomes.keys()].sort()).toEqual(["all", "nothing"]);
});

test("of a file that is cut short at any page nothing is loaded", async () => {
  for (let length = 0; length < sound.length; length += 4096) {
    expect(await loadedFrom(sound.subarray(0, length), `cut-${length}`), `${length}`).toBe("nothing");
  }
});

test("of a file whose end was never written nothing is loaded", async () => {
  for (let length = FIRST_PAGES_BYTES; length < sound.length / 2; length += 4096) {
    const torn = Buffer.concat([sound.subarray(0, length), Buffer.alloc(sound.length - length)]);
    expect(await loadedFrom(torn, `torn-${length}`), `${length}`).toBe("nothing");
  }
});

/** How much is loaded of a folder that holds nothing but those bytes. */
async function loadedFrom(bytes: Buffer, name: string): Promise<string> {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, "state-2.mdb"), bytes);
  let store: Store | undefined;
  try {
    store = await openLmdbStore(path, "process");
    const instants = [...(await store.load())].flat().map(({ event }) => event.at);
    return instants.length === IN_BASE + SINCE && instants.every((at, index) => at === index) ? "all" : "some";
  } catch (cause) {
    if (!(cause instanceof StoreRefusal)) throw cause;
    return cause.message.includes("take another folder") ? "nothing" : cause.message;
  } finally {
    await store?.close();
  }
}

function entry(at: number): Entry {
  const event = { type: "sent", at, body: "x".repeat(at % 300) };
  return { resource: `arn:aws:sqs:us-east-1:${ACCOUNT}:jobs`, event };
}

function put(store: Store, at: number) {
  return store.append({ number: store.nextBatch, entries: [entry(at)] });
}

async function* base(store: Store): AsyncGenerator<AccountBase> {
  const entries = Array.from({ length: IN_BASE }, (_, at) => entry(at));
  yield { account: ACCOUNT, entries, lastBatch: store.nextBatch - 1 };
}
