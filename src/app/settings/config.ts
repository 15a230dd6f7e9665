import { nearestName } from "../../kernel/nearest-name.ts";
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

type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration that flags and environment make, flags first. Throws UsageError. The one reader of the environment. */
export function configFromCommandLine(
  flags: Readonly<Record<string, unknown>>,
  environment: Environment = process.env,
  table: SettingTable = settings,
): Config {
  refuseStrangers("variable", strayVariables(environment), Object.keys(table).map(variableOf));
  return resolve(table, (name) => {
    const flag = flags[flagOf(name)];
    if (flag !== undefined) return { label: `--${flagOf(name)}`, text: String(flag) }; // several are joined by commas
    const text = environment[variableOf(name)];
    return text === undefined || isUnset(text) ? undefined : { label: variableOf(name), text };
  });
}

/** The configuration that options make, of which `others` are no settings. Throws UsageError. */
export function configFromOptions(
  options: Partial<Config>,
  others: readonly string[] = [],
  table: SettingTable = settings,
): Config {
  refuseStrangers("option", Object.keys(options), [...Object.keys(table), ...others]);
  return resolve(table, (name) => {
    const value = options[name as SettingName];
    return value === undefined ? undefined : { label: name, text: textOf(value) };
  });
}

/** Variables that look like ours, and that nobody but a person can have set. */
function strayVariables(environment: Environment): string[] {
  return Object.keys(environment).filter(
    (name) => name.startsWith(VARIABLE_PREFIX) && !isUnset(environment[name] ?? "") && !isFromKubernetes(name),
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
  const stranger = given.find((name) => !names.includes(name));
  if (stranger === undefined) return;
  const nearest = nearestName(stranger, names);
  const hint = nearest === undefined ? `; there are ${names.join(", ")}` : `; did you mean ${nearest}?`;
  throw new UsageError(`there is no ${kind} ${stranger}${hint}`);
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
  return config;
}

function read<T>(setting: Setting<T>, given: ReturnType<Source>): T {
  if (given === undefined) return setting.fallback;
  const value = setting.read(given.text);
  if (value === undefined) throw new UsageError(`${given.label} must be ${setting.expects}, not "${given.text}"`);
  return value;
}

/** The text of an option's value, as a variable would have it. */
function textOf(value: NonNullable<Config[SettingName]>): string {
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([arn, url]) => `${arn}=${url}`)
    .join(",");
}
