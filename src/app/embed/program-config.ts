import type { ConfigFile } from "../provisioning/config-file.ts";
import { configFromOptions } from "../settings/config.ts";
import type { Config, settings } from "../settings/settings.ts";

interface Known {
  /** What the configuration file says, where it has been read already. */
  readonly file?: ConfigFile | undefined;
  /** What can be chosen, instead of the usual. */
  readonly settings?: typeof settings;
}

/** The configuration of an emulator inside a program, which may name a file. `others` are options that are no settings. Throws UsageError. */
export async function programConfig(
  options: Partial<Config>,
  others: readonly string[],
  { file: known, settings: table }: Known,
): Promise<{ readonly config: Config; readonly file: ConfigFile | undefined }> {
  const file = known ?? (await configFileOf(options, table));
  const config = configFromOptions({ ...options, ...standardFor(options, file) }, others, { table, file });
  return { config, file };
}

/** What a program gets unless it or its file says otherwise. */
function standardFor(options: Partial<Config>, file: ConfigFile | undefined): Partial<Config> {
  const standard: Partial<Config> = { port: 0, logLevel: "silent", history: "on" };
  const open = Object.entries(standard).filter(
    ([name]) => options[name as keyof Config] === undefined && file?.settings.has(name) !== true,
  );
  return Object.fromEntries(open);
}

/** Reads the configuration file that a program names. */
async function configFileOf({ config }: Partial<Config>, table: Known["settings"]): Promise<ConfigFile | undefined> {
  if (config === undefined) return undefined;
  const { readConfigFile } = await import("../provisioning/config-file.ts");
  return readConfigFile(config, table);
}
