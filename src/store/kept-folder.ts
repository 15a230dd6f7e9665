import { statSync } from "node:fs";
import { Generation } from "./generation.ts";
import type { KeptState } from "./kept-state.ts";
import { entriesIn, fileNumbers, pathOf } from "./lmdb-store.ts";

/**
 * Looks at what is kept in a folder, in one turn and without changing it, whether a server runs on it or not; undefined when there is
 * nothing. Throws StoreRefusal where it is damaged.
 */
export async function lookIntoFolder<T>(folder: string, look: (kept: KeptState) => T): Promise<T | undefined> {
  const paths = fileNumbers(folder).map((number) => pathOf(folder, number));
  const generations: Generation[] = [];
  try {
    for (const path of paths) generations.push(await Generation.open(path, { syncs: false, isReadOnly: true }));
    const last = generations.at(-1);
    if (last === undefined) return undefined;
    const bytes = generations.reduce((sum, generation) => sum + generation.bytes, 0);
    const writtenAt = paths.reduce((latest, path) => Math.max(latest, statSync(path).mtimeMs), 0);
    return look({ format: last.format, bytes, writtenAt, entries: () => entriesIn(generations) });
  } finally {
    for (const generation of generations) await generation.close();
  }
}
