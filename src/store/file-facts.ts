import { rmSync, statSync } from "node:fs";
import { complaintAboutFile } from "./file-check.ts";
import { type LmdbRoot, type LmdbTable, openLmdb } from "./lmdb.ts";

/** What a file says of itself. */
export interface Facts {
  readonly format: number;
  /** The number of its first batch. */
  readonly firstBatch: number;
  /** There once its base is complete, and stands for all there was in files before. */
  readonly base?: { readonly chunks: number; readonly bytes: number };
}

/** The key of what a file says of itself. */
export const FACTS = "facts";
/** Two pages name what is in a file, and are written when it is made. */
const LEAST_BYTES = 2 * 4096;

/** Whether the process ended before a file was one of LMDB's. */
export function isHardlyBegun(path: string): boolean {
  return statSync(path).size < LEAST_BYTES;
}

/** Deletes a file in whose making the process died: it says nothing of itself yet, so nothing was kept in it. */
export async function deleteUnfinished(path: string): Promise<void> {
  if (!isHardlyBegun(path)) {
    if (complaintAboutFile(path) !== undefined) return; // to be told when it is opened
    const root = openLmdb(path, false);
    const isBegun = isBegunIn(root);
    await root.close();
    if (isBegun) return;
  }
  deleteFile(path);
}

/** Whether it says anything of itself; of one whose pages are in disorder that is told when it is opened. */
function isBegunIn(root: LmdbRoot): boolean {
  try {
    return factsOf(root).get(FACTS) !== undefined;
  } catch {
    return true;
  }
}

/** The table of what a file says of itself. */
export function factsOf(root: LmdbRoot): LmdbTable<Facts> {
  return root.openDB("facts", { encoding: "json" }) as LmdbTable<Facts>;
}

/** Deletes a file, and what says that somebody has it open. */
export function deleteFile(path: string): void {
  rmSync(`${path}-lock`, { force: true });
  rmSync(path);
}
