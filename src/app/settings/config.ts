import { existsSync } from "node:fs";
import { VARIABLES_OF_OTHERS } from "../../cli/endpoint.ts";
import { strangerText } from "../../kernel/nearest-name.ts";
import { type Environment, foreignValue } from "./foreign-variables.ts";
import { flagOf, type SettingTable, VARIABLE_PREFIX, variableOf } from "./setting-table.ts";
import type { Setting } from "./setting-types.ts";
import { type Config, type SettingName, settings } from "./settings.ts";

/**
 * A value that cannot be used. Its message is one line for whoever gave the value.
 *
 * @example
 * import { createEmulator, UsageError } from "waystation";
 *
 * const failure = await createEmulator({ region: "nowhere at all" }).catch((error) => error);
 * if (!(failure instanceof UsageError)) throw failure;
 */
export class UsageError extends Error {}

/** Where a value was given, and its text; undefined when it was not given. */
type Source = (name: string) => { readonly label: string; readonly text: string } | undefined;

/** The settings of a configuration file. */
export interface FileSettings {
  /** By name: where each stands, as `waystation.yaml:3:3: port`, and what. */
  readonly settings: ReadonlyMap<string, { readonly label: string; readonly value: unknown }>;
}

/** What a configuration is made from, beside flags, variables or options. */
interface ConfigDeps {
  /** What can be chosen; the usual unless given. */
  readonly table?: SettingTable | undefined;
  readonly file?: FileSettings | undefined;
}

/** What processes see that are started from here. */
export function inheritedEnvironment(): Environment {
  return process.env;
}

/** The files that are taken for the configuration where none is named. */
const USUAL_FILES = ["waystation.yaml", "waystation.yml", "waystation.json"];

/** The configuration file: the one that flag or variable name, else the usual one where the process was started, if it is there. */
export function configPath(flags: Readonly<Record<string, unknown>>, environment: Environment = process.env) {
  const named = flags.config ?? (environment[variableOf("config")] || undefined);
  return named === undefined ? USUAL_FILES.find((name) => existsSync(name)) : String(named);
}

/**
 * The configuration that flags, environment and file make, in that order; of the environment what is ours, then what other
 * emulators read. Throws UsageError. The one reader of the environment.
 */
export function configFromCommandLine(
  flags: Readonly<Record<string, unknown>>,
  environment: Environment = process.env,
  { table = settings, file }: ConfigDeps = {},
): Config {
  refuseStrangers("variable", strayVariables(environment), Object.keys(table).map(variableOf));
  const ofFile = fileSource(file);
  return resolve(table, (name) => {
    const flag = flags[flagOf(name)];
    if (flag !== undefined) return { label: `--${flagOf(name)}`, text: String(flag) }; // several are joined by commas
    const text = environment[variableOf(name)];
    if (text !== undefined && !isUnset(text)) return { label: variableOf(name), text };
    const foreign = foreignValue(name, environment);
    if (foreign?.isStrict || (foreign && table[name]?.read(foreign.text) !== undefined)) return foreign;
    return ofFile(name);
  });
}

/** The configuration that options make, of which `others` are no settings. Throws UsageError. */
export function configFromOptions(
  options: Partial<Config>,
  others: readonly string[] = [],
  { table = settings, file }: ConfigDeps = {},
): Config {
  refuseStrangers("option", Object.keys(options), [...Object.keys(table), ...others]);
  const ofFile = fileSource(file);
  return resolve(table, (name) => {
    const value = options[name as SettingName];
    return value === undefined ? ofFile(name) : { label: name, text: textOf(value) };
  });
}

function fileSource(file: FileSettings | undefined): Source {
  return (name) => {
    const given = file?.settings.get(name);
    return given && { label: given.label, text: textOf(given.value) };
  };
}

/** The environment, for what is no setting of a server. */
export function environment(): Environment {
  return process.env;
}

/** Variables that look like ours, and that nobody but a person can have set. */
function strayVariables(environment: Environment): string[] {
  return Object.keys(environment).filter(
    (name) =>
      name.startsWith(VARIABLE_PREFIX) &&
      !VARIABLES_OF_OTHERS.includes(name) &&
      !isUnset(environment[name] ?? "") &&
      !isFromKubernetes(name),
  );
}

/** Compose files pass empty variables on, and Kubernetes sets WAYSTATION_PORT to a URL beside a service of that name. */
function isUnset(text: string): boolean {
  return text === "" || /^(tcp|udp):\/\//.test(text);
}

/** Beside a service named waystation, or waystation-sqs, Kubernetes sets WAYSTATION_SERVICE_HOST, WAYSTATION_PORT_4566_TCP_PROTO and more. */
function isFromKubernetes(name: string): boolean {
  return /_SERVICE_(HOST|PORT)(_|$)/.test(name) || /_PORT_\d{1,5}_(TCP|UDP|SCTP)(_|$)/.test(name);
}

/** A misspelt name would leave the default in place without a word. */
function refuseStrangers(kind: string, given: readonly string[], names: readonly string[]): void {
  const text = strangerText(kind, given, names);
  if (text !== undefined) throw new UsageError(text);
}

/** Every table has the rows of the usual one. */
function resolve(table: SettingTable, source: Source): Config {
  const values = Object.entries(table).map(([name, row]) => [name, read(row, source(name))] as const);
  const config = Object.freeze(Object.fromEntries(values)) as Config;
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined)) {
    throw new UsageError("--tls-cert and --tls-key must be given together");
  }
  if (config.tlsCert !== undefined && config.tls === "self-signed") {
    throw new UsageError("--tls self-signed cannot be combined with --tls-cert");
  }
  if (config.store !== undefined && config.dataDir !== undefined) {
    throw new UsageError("--store cannot be combined with --data-dir");
  }
  return config;
}

function read<T>(setting: Setting<T>, given: ReturnType<Source>): T {
  if (given === undefined) return setting.fallback;
  const value = setting.read(given.text);
  if (value === undefined) {
    const instead = setting.isSecret ? "" : `, not "${given.text}"`;
    throw new UsageError(`${given.label} must be ${setting.expects}${instead}`);
  }
  return value;
}

/** The text of an option's value, as a variable would have it. */
function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return String(value);
  return Object.entries(value)
    .map(([arn, url]) => `${arn}=${url}`)
    .join(",");
}
