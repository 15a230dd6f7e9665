import type { Setting } from "./setting-types.ts";

/** Settings by name, in the order in which they are listed. */
export type SettingTable = Readonly<Record<string, Setting<unknown>>>;

/** A value for each setting of a table. */
export type Chosen<Table extends SettingTable> = { readonly [K in keyof Table]: Table[K]["fallback"] };

/** What every environment variable of ours starts with. */
export const VARIABLE_PREFIX = "WAYSTATION_";

/** The setting's flag, without the dashes. */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The environment variable that holds the setting. */
export function variableOf(name: string): string {
  return `${VARIABLE_PREFIX}${flagOf(name).replaceAll("-", "_").toUpperCase()}`;
}

/** What settings are about, in the order in which they are listed. */
export function groupsOf(table: SettingTable): readonly string[] {
  return [...new Set(Object.values(table).map(({ group }) => group))];
}
