import { isAccountId } from "../kernel/scope.ts";
import { type LogLevel, logLevels } from "../server/log.ts";
import { type ProfileName, profiles } from "./profiles.ts";

/** Everything that can be chosen about a server. Frozen once made. */
export interface Config {
  /** TCP port, 0 for a free one. */
  readonly port: number;
  /** Address or name to listen on. */
  readonly host: string;
  /** Account of callers whose access key id is not itself an account id. */
  readonly account: string;
  /** Region of callers whose request names none. */
  readonly region: string;
  readonly profile: ProfileName;
  /** How many messages of one queue can be in flight at once. */
  readonly inFlightLimit: number;
  /** The largest request body that is read. */
  readonly maxBodyBytes: number;
  readonly logLevel: LogLevel;
  /** Whether to serve TLS with a certificate made on the spot. */
  readonly tls: "off" | "self-signed";
  /** PEM files to serve TLS with; both or neither. */
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
  /** What links in SNS messages start with; `{region}` stands for the topic's region. Unless set, what their publisher used. */
  readonly snsUrl: string | undefined;
  /** Where functions run that SNS invokes: URLs by function ARN. */
  readonly lambda: Readonly<Record<string, string>> | undefined;
  /** Whether HTTPS subscriptions are served whatever their certificates. */
  readonly insecureHttpsDelivery: boolean;
  /** Whether Kinesis throttles; as the profile says unless set. */
  readonly kinesisCapacity: "off" | "on" | undefined;
  /** How many open shards an account can have in a region. */
  readonly kinesisShardLimit: number;
  /** The folder that stands in for S3 where Kinesis channels deliver to buckets; they deliver nothing unless set. */
  readonly channelDir: string | undefined;
}

/** One thing that can be chosen: by flag, by environment variable or by option of `createEmulator`. */
export interface Setting<T> {
  readonly fallback: T;
  /** What a value has to be, as a sentence about it ends: `must be …`. */
  readonly expects: string;
  readonly help: string;
  /** `switch`: the flag alone means `true`. `list`: the flag can be given more than once. */
  readonly flag?: "switch" | "list";
  /** The value, or undefined when the text is none. */
  read(text: string): T | undefined;
}

/** The settings by name, with their defaults. Flags are named `--in-flight-limit`, variables `WAYSTATION_IN_FLIGHT_LIMIT`. */
export const settings: { readonly [K in keyof Config]: Setting<Config[K]> } = {
  port: { ...wholeNumber(0, 65_535), fallback: 4566, help: "TCP port, 0 for a free one" },
  host: { ...filledText("an address or a host name"), fallback: "127.0.0.1", help: "address to listen on" },
  account: {
    fallback: "000000000000",
    expects: "an account id of 12 digits",
    help: "account of callers whose access key id is not one",
    read: (text) => (isAccountId(text) ? text : undefined),
  },
  region: {
    fallback: "us-east-1",
    expects: "a region such as us-east-1",
    help: "region of callers who name none",
    read: (text) => (/^[a-z0-9-]{1,63}$/.test(text) ? text : undefined),
  },
  profile: {
    ...oneOf(namesOf(profiles)),
    fallback: "relaxed",
    help: "whether AWS's waiting times and limits are kept",
  },
  inFlightLimit: { ...wholeNumber(1), fallback: 120_000, help: "messages in flight per queue" }, // AWS: SQS quotas
  maxBodyBytes: { ...wholeNumber(1), fallback: 16 * 1024 * 1024, help: "largest request body" }, // 10 MiB of records in base64
  logLevel: { ...oneOf(logLevels), fallback: "info", help: "how much is logged" },
  tls: { ...oneOf(["off", "self-signed"]), fallback: "off", help: "TLS on the same port, beside plain text" },
  tlsCert: { ...filledText("a PEM file"), fallback: undefined, help: "PEM certificate for TLS" },
  tlsKey: { ...filledText("a PEM file"), fallback: undefined, help: "PEM private key for TLS" },
  snsUrl: {
    fallback: undefined,
    expects: "a URL such as https://sns.{region}.amazonaws.com",
    help: "start of links in SNS messages, instead of what the publisher used",
    read: (text) => (isLinkBase(text.replaceAll("{region}", "us-east-1")) ? text : undefined),
  },
  lambda: {
    fallback: undefined,
    expects: "a function's ARN, an equals sign and a URL, more of them separated by commas",
    help: "where a function runs that SNS invokes; can be given more than once",
    flag: "list",
    read: readFunctionUrls,
  },
  insecureHttpsDelivery: {
    fallback: false,
    expects: "true or false",
    help: "deliver to HTTPS endpoints whatever their certificates",
    flag: "switch",
    read: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  },
  kinesisCapacity: {
    ...oneOf(["off", "on"]),
    fallback: undefined,
    help: "whether Kinesis throttles, instead of what the profile says",
  },
  kinesisShardLimit: { ...wholeNumber(1), fallback: 20_000, help: "open shards per account and region" }, // AWS: us-east-1
  channelDir: { ...filledText("a folder"), fallback: undefined, help: "where Kinesis channels put objects, for S3" },
};

export const settingNames = namesOf(settings);

/** A value that cannot be used. Its message is one line for whoever gave the value. */
export class UsageError extends Error {}

/** Where a value was given, and its text; undefined when it was not given. */
type Source = (name: keyof Config) => { readonly label: string; readonly text: string } | undefined;

/** The configuration that flags and environment make, flags first. Throws UsageError. The one reader of the environment. */
export function configFromCommandLine(
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  return resolve((name) => {
    const flag = flags[flagOf(name)];
    if (flag !== undefined) return { label: `--${flagOf(name)}`, text: String(flag) }; // several are joined by commas
    const text = environment[variableOf(name)];
    return text === undefined || isUnset(text) ? undefined : { label: variableOf(name), text };
  });
}

/** The configuration that options make. Throws UsageError. */
export function configFromOptions(options: Partial<Config>): Config {
  return resolve((name) => {
    const value = options[name];
    return value === undefined ? undefined : { label: name, text: textOf(value) };
  });
}

export function flagOf(name: keyof Config): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function variableOf(name: keyof Config): string {
  return `WAYSTATION_${flagOf(name).replaceAll("-", "_").toUpperCase()}`;
}

/** Compose files pass empty variables on, and Kubernetes sets WAYSTATION_PORT to a URL beside a service of that name. */
function isUnset(text: string): boolean {
  return text === "" || /^(tcp|udp):\/\//.test(text);
}

function resolve(source: Source): Config {
  const take = <K extends keyof Config>(name: K): Config[K] => read(settings[name], source(name));
  const config: Config = {
    port: take("port"),
    host: take("host"),
    account: take("account"),
    region: take("region"),
    profile: take("profile"),
    inFlightLimit: take("inFlightLimit"),
    maxBodyBytes: take("maxBodyBytes"),
    logLevel: take("logLevel"),
    tls: take("tls"),
    tlsCert: take("tlsCert"),
    tlsKey: take("tlsKey"),
    snsUrl: take("snsUrl"),
    lambda: take("lambda"),
    insecureHttpsDelivery: take("insecureHttpsDelivery"),
    kinesisCapacity: take("kinesisCapacity"),
    kinesisShardLimit: take("kinesisShardLimit"),
    channelDir: take("channelDir"),
  };
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined)) {
    throw new UsageError("--tls-cert and --tls-key must be given together");
  }
  if (config.tlsCert !== undefined && config.tls === "self-signed") {
    throw new UsageError("--tls self-signed cannot be combined with --tls-cert");
  }
  return Object.freeze(config);
}

function read<T>(setting: Setting<T>, given: ReturnType<Source>): T {
  if (given === undefined) return setting.fallback;
  const value = setting.read(given.text);
  if (value === undefined) throw new UsageError(`${given.label} must be ${setting.expects}, not "${given.text}"`);
  return value;
}

function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): Pick<Setting<number>, "expects" | "read"> {
  const isOne = (value: number) => Number.isSafeInteger(value) && value >= min && value <= max;
  return {
    expects: max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min} on` : `a whole number from ${min} to ${max}`,
    read: (text) => (/^\d{1,16}$/.test(text) && isOne(Number(text)) ? Number(text) : undefined),
  };
}

function oneOf<const T extends string>(values: readonly T[]): Pick<Setting<T>, "expects" | "read"> {
  return { expects: `one of ${values.join(", ")}`, read: (text) => values.find((value) => value === text) };
}

function filledText(expects: string): Pick<Setting<string>, "expects" | "read"> {
  return { expects, read: (text) => (text.trim() === "" ? undefined : text) };
}

/** Whether links can be made by putting something behind the text. */
function isLinkBase(text: string): boolean {
  return /^https?:\/\/[^?#\s{}]+$/.test(text) && URL.canParse(text);
}

/** `arn=url,arn=url` by ARN, or undefined when a part is none. */
function readFunctionUrls(text: string): Readonly<Record<string, string>> | undefined {
  const pairs = text.trim().split(/[\s,]+(?=arn:)/);
  const parsed = pairs.map((pair) =>
    /^(arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w:$-]+)=(https?:\/\/\S+)$/.exec(pair),
  );
  if (parsed.some((match) => match === null || !URL.canParse(match[2]!))) return undefined;
  return Object.freeze(Object.fromEntries(parsed.map((match) => [match![1]!, match![2]!])));
}

/** The text of an option's value, as a variable would have it. */
function textOf(value: NonNullable<Config[keyof Config]>): string {
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([arn, url]) => `${arn}=${url}`)
    .join(",");
}

function namesOf<T extends object>(table: T): readonly (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}
