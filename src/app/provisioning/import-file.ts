import { UsageError } from "../settings/config.ts";
import type { Declaration } from "./declaration.ts";

/** Reads a file of another emulator. Throws UsageError. */
export function readImport(path: string): Declaration {
  throw new UsageError(`${path} is of no format that is known`);
}
