import { statfsSync } from "node:fs";

/** A disk with less than that is full: a batch takes some pages. */
const ROOM_BYTES = 1024 * 1024;

/** What lmdb rejects with where a commit was not made: why is in a promise of its own. */
interface CommitError extends Error {
  readonly commitError?: Promise<never>;
}

/** Why a file could not be written, by name where the disk is full: LMDB takes what was written in part for an error of the device. */
export function explained(path: string, cause: unknown): unknown {
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize >= ROOM_BYTES) return cause;
  return new Error(`there is no space left on the device of ${path}`, { cause });
}

/** Rejects with the same of a write that was not made at once. */
export async function rejectExplained(path: string, cause: CommitError): Promise<never> {
  const why: unknown = await cause.commitError?.catch((error: unknown) => error);
  throw explained(path, why ?? cause);
}
