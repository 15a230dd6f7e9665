import { closeSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { complaintAboutFile } from "./file-check.ts";
import type { BaseSize } from "./growth.ts";
import { type LmdbRoot, type LmdbTable, openLmdb } from "./lmdb.ts";

/** What a file says of itself. */
export interface Facts {
  readonly format: number;
  /** The number of its first batch. */
  readonly firstBatch: number;
  /** There once its base is complete, and stands for all there was in files before. Format 1 says of it no more than these two. */
  readonly base?: Pick<BaseFacts, "chunks" | "bytes"> & Partial<BaseFacts>;
}

interface BaseFacts extends BaseSize {
  readonly chunks: number;
  /** A checksum of the accounts and their last batches. */
  readonly accounts: number;
}

/** The key of what a file says of itself. */
export const FACTS = "facts";
/** A file is one of LMDB's before it has its name, so that one that is cut short, however short, was whole once. */
const UNNAMED = ".begun";

/** Makes a file that says nothing of itself yet, on the disk if it is to be. */
export async function makeFile(path: string, syncs: boolean): Promise<void> {
  const unnamed = `${path}${UNNAMED}`;
  for (const left of [unnamed, lockOf(unnamed)]) rmSync(left, { force: true });
  await openLmdb(unnamed, syncs).close();
  renameSync(unnamed, path);
  rmSync(lockOf(unnamed), { force: true });
  if (syncs && process.platform !== "win32") syncNames(dirname(path));
}

/** Has the disk have the names of what is in a folder. Windows has no way to ask for that. */
function syncNames(folder: string): void {
  const opened = openSync(folder, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** Deletes a file in whose making the process died: it says nothing of itself yet, so nothing was kept in it. */
export async function deleteUnfinished(path: string): Promise<void> {
  if (complaintAboutFile(path) !== undefined) return; // to be told when it is opened
  const root = openLmdb(path, false);
  const isBegun = isBegunIn(root);
  await root.close();
  if (!isBegun) await deleteFile(path);
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
export async function deleteFile(path: string): Promise<void> {
  rmSync(lockOf(path), { force: true });
  await rm(path); // a large one takes a file system some time
}

function lockOf(path: string): string {
  return `${path}-lock`;
}
