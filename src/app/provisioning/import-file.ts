import { readFormat } from "../../provisioning/format/read-format.ts";
import { orUsageError, readTextFile } from "./config-file.ts";
import type { Declaration } from "./declaration.ts";

/** Reads a file of another emulator. Throws UsageError. */
export function readImport(path: string): Declaration {
  return orUsageError(() => readFormat(path, readTextFile(path)));
}
