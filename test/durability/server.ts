import { startEmulator } from "../../src/app/emulator.ts";
import { type Inside, messagingModules } from "../../src/app/modules/modules.ts";
import { engineParts } from "../../src/fixture/world/engine-parts.ts";
import { openLmdbStore } from "../../src/store/lmdb-store.ts";
import type { Durability, Store } from "../../src/store/store.ts";
import { foundIn } from "./found.ts";

/**
 * A server that keeps its state in a folder, or a database: what is killed. It tells its port and what it came back with in a line, and ends with
 * whoever started it.
 */
const [, , folder = "", durability = "process"] = process.argv;
process.stdin.on("end", () => process.exit()).resume();
const openStore = async () => oftenCompacted(await openLmdbStore(folder, durability as Durability));
let inside: Inside | undefined;
/** How much more seems to be appended than is, so that a store is looked at whenever something was. */
const LOOKED_AT_OFTEN = 1_000;

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
const isDatabase = folder.startsWith("postgres:");
const kept = isDatabase ? { store: folder, durability: durability as Durability } : {};
const emulator = await startEmulator({ history: "off", ...kept }, { ...(!isDatabase && { openStore }), modulesOf });
const parts = inside === undefined ? [] : engineParts(inside);
const state = foundIn(parts.flatMap((part) => [...part.entries()]));
process.stdout.write(`${JSON.stringify({ port: emulator.port, state })}\n`);
