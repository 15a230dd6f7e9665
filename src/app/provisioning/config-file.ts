import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { readConfig } from "../../provisioning/config/read-config.ts";
import { inDocument, readDocument } from "../../provisioning/document/document.ts";
import { DocumentError } from "../../provisioning/document/part.ts";
import { type FileSettings, UsageError } from "../settings/config.ts";
import type { SettingTable } from "../settings/setting-table.ts";
import { settings } from "../settings/settings.ts";
import { startingIn } from "./code-directories.ts";
import type { Declaration } from "./declaration.ts";

/** A configuration file: its settings, and what it declares. */
export interface ConfigFile extends FileSettings {
  readonly path: string;
  readonly declaration: Declaration;
}

/** Reads a configuration file, which can hold every setting but its own name. Throws UsageError. */
export function readConfigFile(path: string, table: SettingTable = settings): ConfigFile {
  const names = Object.keys(table).filter((name) => name !== "config");
  return orUsageError(() => {
    const document = readDocument(path, readTextFile(path));
    const world = inDocument(document, () => {
      document.root.member("settings").only(names);
      return startingIn(dirname(resolve(path)), readConfig(document.root));
    });
    const given = world.settings.filter(([, value]) => !value.isEmpty);
    const chosen = given.map(([name, { value, path: place }]) => {
      return [name, { label: `${document.placeOf(place)}: ${name}`, value }] as const;
    });
    return { path, settings: new Map(chosen), declaration: { world, placeOf: (place) => document.placeOf(place) } };
  });
}

/** The text of a file that somebody named. Throws UsageError. */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${(cause as Error).message}`);
  }
}

/** Tells what is wrong with a document as what is wrong with what somebody gave. */
export function orUsageError<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof DocumentError ? new UsageError(cause.message) : cause;
  }
}
