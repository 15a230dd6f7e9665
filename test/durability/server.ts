import { startEmulator } from "../../src/app/emulator.ts";
import { type Inside, messagingModules } from "../../src/app/modules/modules.ts";
import { engineParts } from "../../src/fixture/world/engine-parts.ts";
import { openLmdbStore } from "../../src/store/lmdb-store.ts";
import type { Durability } from "../../src/store/store.ts";
import { foundIn } from "./found.ts";

/**
 * A server that keeps its state in a folder, or a database: what is killed. It tells its port and what it came back with in a line, and ends with
 * whoever started it.
 */
const [, , folder = "", durability = "process"] = process.argv;
process.stdin.on("end", () => process.exit()).resume();
const openStore = () => openLmdbStore(folder, durability as Durability);
let inside: Inside | undefined;
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
