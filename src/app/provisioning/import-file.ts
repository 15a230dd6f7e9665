import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { FORMATS, readFormat } from "../../provisioning/format/read-format.ts";
import { UsageError } from "../settings/config.ts";
import { orUsageError, readTextFile } from "./config-file.ts";
import type { Declaration } from "./declaration.ts";

/** Reads a file of another emulator. Throws UsageError. */
export function readImport(path: string): Declaration {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(folderText(path));
  return orUsageError(() => readFormat(path, readTextFile(path)));
}

function folderText(path: string): string {
  if (!existsSync(join(path, "manifest.json"))) return `${path} is a folder; --import takes a file, ${FORMATS}`;
  return `${path} was written by cdk synth: --template ${path} has it be stacks`;
}
