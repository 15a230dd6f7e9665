import { Standby } from "../../src/app/durable/standby.ts";
import { startEmulator } from "../../src/app/emulator.ts";
import { type Inside, messagingModules } from "../../src/app/modules/modules.ts";
import { engineParts } from "../../src/fixture/world/engine-parts.ts";
import { SystemClock } from "../../src/kernel/time/system-clock.ts";
import { openLmdbStore } from "../../src/store/lmdb-store.ts";
import { openPostgresStore } from "../../src/store/postgres/postgres-store.ts";
import type { Durability, Store } from "../../src/store/store.ts";
import { foundIn, STANDS_BY } from "./found.ts";

/**
 * A server that keeps its state in a folder, or a database: what is killed. It tells that it stands by, then its port and what it came back
 * with in a line each, and ends with whoever started it.
 */
const [, , folder = "", durability = "process"] = process.argv;
process.stdin.on("end", () => process.exit()).resume();
const isDatabase = folder.startsWith("postgres:");
const openStore = async () => oftenCompacted(await (isDatabase ? openDatabase() : openFolder()));
/** When it was looked whether the one that serves is gone, by the machine's clock. */
const lookedAt: number[] = [];
const clock = new SystemClock();
let inside: Inside | undefined;
/** How much more seems to be appended than is, so that a store is looked at whenever something was. */
const LOOKED_AT_OFTEN = 1_000;

function openFolder(): Promise<Store> {
  return openLmdbStore(folder, durability as Durability);
}

/** Looks as often as the command does. */
async function openDatabase(): Promise<Store> {
  const log = { isEnabled: () => false, log: () => {} };
  const config = { host: "127.0.0.1", port: 0 };
  const standby = new Standby({ config, credentials: undefined, log, until: undefined });
  const pause = async (): Promise<void> => {
    await standby.pause();
    lookedAt.push(clock.now());
  };
  const database = { url: folder, durability: durability as Durability };
  const begin = async (): Promise<void> => {
    await standby.begin();
    process.stdout.write(STANDS_BY);
  };
  const store = await openPostgresStore(database, { begin, pause });
  await standby.end();
  return store;
}

/** Has a store seem to have grown each time that it is looked at, which is often, so that it is compacted whenever it is not already. */
function oftenCompacted(store: Store): Store {
  return new Proxy(store, {
    get(target, name) {
      if (name === "isGrown") return () => true;
      if (name === "appendedBytes") return LOOKED_AT_OFTEN * target.appendedBytes;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const modulesOf: typeof messagingModules = (deps) => {
  const modules = messagingModules(deps);
  inside = modules.inside;
  return modules;
};
const emulator = await startEmulator({ history: "off" }, { openStore, modulesOf });
const parts = inside === undefined ? [] : engineParts(inside);
const state = foundIn(parts.flatMap((part) => [...part.entries()]));
process.stdout.write(`${JSON.stringify({ port: emulator.port, state, lookedAt })}\n`);
