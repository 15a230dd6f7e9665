import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Entry } from "../../src/kernel/event/event-log.ts";
import { nextTurn } from "../../src/kernel/time/system-clock.ts";
import { lookIntoFolder } from "../../src/store/kept-folder.ts";
import { type LmdbRoot, openLmdb } from "../../src/store/lmdb.ts";
import { openLmdbStore } from "../../src/store/lmdb-store.ts";
import type { AccountBase, Durability, Store } from "../../src/store/store.ts";
import { base, entry, loaded, ONE, only, storeSuite } from "./store-suite.ts";

class Folder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "waystation-store-"));

  files(): readonly string[] {
    return readdirSync(this.path).filter((name) => name.endsWith(".mdb"));
  }

  /** How many its files have together. */
  get bytes(): number {
    return readdirSync(this.path).reduce(
      (sum, name) => sum + (statSync(join(this.path, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}

async function tamper({ path }: Folder, change: (root: LmdbRoot) => void): Promise<void> {
  const root = openLmdb(join(path, "state-1.mdb"), true);
  change(root);
  await root.close();
}
/** Without waiting for it, where it is kept on return. */
const put = (store: Store, ...entries: readonly Entry[]) => store.append({ number: store.nextBatch, entries });

describe.for<Durability>(["process", "full"])("a store in a folder, of durability %s", (durability) => {
  storeSuite(() => {
    const folder = new Folder();
    return {
      open: () => openLmdbStore(folder.path, durability),
      [Symbol.asyncDispose]: async () => folder[Symbol.dispose](),
    };
  });
});

test.for<Durability>(["process", "full"])(
  "a batch of any size is kept whole, with durability %s",
  async (durability) => {
    using folder = new Folder();
    const large = Array.from({ length: 40 }, (_, at) => entry(ONE, at, "x".repeat(100_000)));
    const store = await openLmdbStore(folder.path, durability);
    await put(store, entry(ONE, 1), ...large);
    await put(store, entry(ONE, 2));
    await store.close();
    const again = await openLmdbStore(folder.path, durability);
    expect(await loaded(again)).toEqual([entry(ONE, 1), ...large, entry(ONE, 2)]);
    await again.close();
    await tamper(folder, (root) => root.openDB("parts", { encoding: "binary" }).removeSync([1, 2]));
    const torn = await openLmdbStore(folder.path, durability);
    await expect(loaded(torn)).rejects.toThrow("is damaged: part 2 of batch 1 is missing");
    await torn.close();
  },
);

test("of a batch in whose writing the process died there is nothing", async () => {
  using folder = new Folder();
  const store = await openLmdbStore(folder.path, "process");
  put(store, entry(ONE, 1));
  await store.close();
  await tamper(folder, (root) =>
    root.openDB("parts", { encoding: "binary" }).putSync([2, 0], Buffer.from("half of it")),
  );
  const again = await openLmdbStore(folder.path, "process");
  expect(await loaded(again)).toEqual([entry(ONE, 1)]);
  const large = Array.from({ length: 20 }, (_, at) => entry(ONE, at, "x".repeat(100_000)));
  await put(again, ...large);
  expect(await loaded(again)).toEqual([entry(ONE, 1), ...large]);
  await again.close();
});

test("a compaction that did not come to its end changes nothing", async () => {
  using folder = new Folder();
  const store = await openLmdbStore(folder.path, "process");
  put(store, entry(ONE, 1));
  const compaction = store.compact(
    (async function* () {
      yield base(store, ONE, entry(ONE, 100));
      put(store, entry(ONE, 2));
      throw new Error("The disk is full.");
    })(),
  );
  await expect(compaction).rejects.toThrow("The disk is full.");
  put(store, entry(ONE, 3));
  await store.close();
  const again = await openLmdbStore(folder.path, "process");
  expect(await loaded(again)).toEqual([entry(ONE, 1), entry(ONE, 2), entry(ONE, 3)]);
  await again.compact(
    (async function* () {
      yield base(again, ONE, entry(ONE, 100));
    })(),
  );
  expect(await loaded(again)).toEqual([entry(ONE, 100)]);
  expect(folder.files()).toEqual(["state-3.mdb"]);
  await again.close();
});

test("a file in whose making the process died, without a word of what it is, is no harm", async () => {
  using folder = new Folder();
  const store = await openLmdbStore(folder.path, "process");
  put(store, entry(ONE, 1));
  await store.close();
  await openLmdb(join(folder.path, "state-2.mdb"), true).close();
  const again = await openLmdbStore(folder.path, "process");
  expect(await loaded(again)).toEqual([entry(ONE, 1)]);
  expect(folder.files()).toEqual(["state-1.mdb"]);
  await again.close();
});

test("a file in whose making the process died before it had its name is no harm, and is gone with the next one", async () => {
  using folder = new Folder();
  writeFileSync(join(folder.path, "state-1.mdb.begun"), "half a page");
  const store = await openLmdbStore(folder.path, "process");
  put(store, entry(ONE, 1));
  expect(readdirSync(folder.path).filter((name) => name.includes("begun"))).toEqual([]);
  await store.close();
});

test.skipIf(process.platform !== "linux")("a folder that is refused has none of its files open", async () => {
  using folder = new Folder();
  const store = await openLmdbStore(folder.path, "process");
  put(store, entry(ONE, 1));
  await expect(store.compact(failing(base(store, ONE, entry(ONE, 1))))).rejects.toThrow("The disk is full.");
  await store.close();
  await tamper(folder, (root) => root.openDB("facts", { encoding: "json" }).putSync("facts", { format: 3 }));
  await expect(openLmdbStore(folder.path, "process")).rejects.toThrow("is of format 3");
  expect(openIn(folder)).toEqual([]);
  await tamper(folder, (root) =>
    root.openDB("facts", { encoding: "json" }).putSync("facts", { format: 1, firstBatch: 1 }),
  );
  const second = join(folder.path, "state-2.mdb");
  writeFileSync(second, readFileSync(second).subarray(0, 3 * 4096));
  await expect(openLmdbStore(folder.path, "process")).rejects.toThrow("is damaged");
  expect(openIn(folder)).toEqual([]);
});

test.for<Durability>(["process", "full"])(
  "what is appended while a compaction begins follows what was before, with durability %s",
  async (durability) => {
    using folder = new Folder();
    const store = await openLmdbStore(folder.path, durability);
    let isOver = false;
    let at = 0;
    const compaction = store.compact(failing(base(store, ONE))).catch(() => {
      isOver = true;
    });
    while (!isOver) {
      await put(store, entry(ONE, at++));
      if (durability === "process") await nextTurn();
    }
    await compaction;
    await store.close();
    const again = await openLmdbStore(folder.path, durability);
    expect((await loaded(again)).map(({ event }) => event.at)).toEqual(Array.from({ length: at }, (_, each) => each));
    await again.close();
  },
);

test("a compaction gives disk back", async () => {
  using folder = new Folder();
  const store = await openLmdbStore(folder.path, "process");
  for (let at = 0; at < 2_000; at++) put(store, entry(ONE, at));
  const before = folder.bytes;
  await store.compact(only(base(store, ONE, entry(ONE, 0))));
  expect(folder.bytes).toBeLessThan(before / 4);
  await store.close();
});

describe("a folder is refused", () => {
  test("while somebody else has it", async () => {
    using folder = new Folder();
    const store = await openLmdbStore(folder.path, "process");
    await expect(openLmdbStore(folder.path, "process")).rejects.toThrow(
      `The folder ${folder.path} is in use by process ${process.pid}. Stop that one, or take another folder.`,
    );
    await store.close();
    await (await openLmdbStore(folder.path, "process")).close();
  });

  test("not because somebody died who had it", async () => {
    using folder = new Folder();
    writeFileSync(join(folder.path, "lock-7.sock"), "");
    await (await openLmdbStore(folder.path, "process")).close();
  });

  test("by all but one of those who find at once that somebody died who had it", async () => {
    using folder = new Folder();
    writeFileSync(join(folder.path, "lock-7.sock"), "");
    const opening = Array.from({ length: 8 }, () => openLmdbStore(folder.path, "process"));
    const opened = (await Promise.allSettled(opening)).filter(({ status }) => status === "fulfilled");
    expect(opened).toHaveLength(1);
    for (const outcome of opened) if (outcome.status === "fulfilled") await outcome.value.close();
  });

  test("when it is of a newer format", async () => {
    using folder = new Folder();
    const file = join(folder.path, "state-1.mdb");
    const root = openLmdb(file, true);
    root.openDB("facts", { encoding: "json" }).putSync("facts", { format: 3, firstBatch: 1 });
    await root.close();
    await expect(openLmdbStore(folder.path, "process")).rejects.toThrow(
      `The file ${file} is of format 3, and this version reads up to 2: start the version that wrote it, or take another folder.`,
    );
  });

  test("when a file is not one of a store", async () => {
    using folder = new Folder();
    writeFileSync(join(folder.path, "state-1.mdb"), Buffer.alloc(100_000, "x"));
    await expect(openLmdbStore(folder.path, "process")).rejects.toThrow(
      /state-1\.mdb is damaged: it is no file of LMDB's.*take another folder/,
    );
  });

  test.for([
    [0, "it is no file of LMDB's"],
    [4095, "its second page is none of LMDB's"],
    [2 * 4096 - 1, "it has 8191 bytes, and \\d+ were written"],
    [3 * 4096, "it has 12288 bytes, and \\d+ were written"],
  ] as const)("when its first file is cut short, to %d bytes", async ([bytes, how]) => {
    using folder = new Folder();
    const store = await openLmdbStore(folder.path, "process");
    await put(store, entry(ONE, 1));
    await store.close();
    const file = join(folder.path, "state-1.mdb");
    writeFileSync(file, readFileSync(file).subarray(0, bytes));
    const complaint = new RegExp(`damaged: ${how}.*put a copy in its place, or take another folder`);
    await expect(openLmdbStore(folder.path, "process")).rejects.toThrow(complaint);
    await expect(lookIntoFolder(folder.path, () => {})).rejects.toThrow(complaint);
    expect(readFileSync(file)).toHaveLength(bytes);
  });

  test("when a byte of a batch is another", async () => {
    using folder = new Folder();
    const store = await openLmdbStore(folder.path, "full");
    await put(store, entry(ONE, 1));
    await store.close();
    const file = join(folder.path, "state-1.mdb");
    const bytes = readFileSync(file);
    const at = bytes.indexOf("Grüße");
    bytes[at] = 0x67;
    writeFileSync(file, bytes);
    const again = await openLmdbStore(folder.path, "full");
    await expect(loaded(again)).rejects.toThrow(/is damaged: batch 1 is not what was written/);
    await again.close();
  });

  test("when a batch is missing", async () => {
    using folder = new Folder();
    await (await openLmdbStore(folder.path, "process")).close();
    const root = openLmdb(join(folder.path, "state-1.mdb"), true);
    root.openDB("batches", { encoding: "binary" }).putSync(2, Buffer.alloc(10));
    await root.close();
    const again = await openLmdbStore(folder.path, "process");
    await expect(loaded(again)).rejects.toThrow(/is damaged: batch 1 is missing/);
    await again.close();
  });

  test("when a file before the ones there are is missing", async () => {
    using folder = new Folder();
    const store = await openLmdbStore(folder.path, "process");
    put(store, entry(ONE, 1));
    await expect(store.compact(failing(base(store, ONE, entry(ONE, 1))))).rejects.toThrow("The disk is full.");
    await store.close();
    rmSync(join(folder.path, "state-1.mdb"));
    const again = await openLmdbStore(folder.path, "process");
    await expect(loaded(again)).rejects.toThrow(/a file before it is missing/);
    await again.close();
  });
});

/** The files of a folder that this process has open. */
function openIn({ path }: Folder): readonly string[] {
  return readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${descriptor}`);
      return file.startsWith(path) ? [file] : [];
    } catch {
      return []; // closed meanwhile
    }
  });
}

async function* failing(first: AccountBase): AsyncGenerator<AccountBase> {
  yield first;
  throw new Error("The disk is full.");
}
