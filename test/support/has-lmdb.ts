import { createRequire } from "node:module";

/** Whether the optional package that keeps state in files is installed. */
export function hasLmdb(): boolean {
  try {
    createRequire(import.meta.url)("lmdb");
    return true;
  } catch {
    return false;
  }
}
