import { isAccountId } from "../../kernel/scope.ts";
import { logLevels } from "../../server/log.ts";
import { type ProfileName, profiles } from "./profiles.ts";
import {
  filledText,
  functionUrls,
  linkBase,
  oneOf,
  type SettingType,
  textThat,
  trueOrFalse,
  wholeNumber,
} from "./setting-types.ts";

/** What settings are about, in the order in which they are listed. */
export const settingGroups = ["Server", "Callers", "Fidelity", "TLS", "SNS", "Kinesis"] as const;

/** One thing that can be chosen: by flag, by environment variable or by option of `createEmulator`. */
export interface Setting<T> extends SettingType<T> {
  /** The value unless one is given. */
  readonly fallback: T;
  readonly help: string;
  readonly group: (typeof settingGroups)[number];
}

const profileNames = Object.keys(profiles) as ProfileName[];

/**
 * Everything that can be chosen about a server, by name. Flags are named `--in-flight-limit`, variables
 * `WAYSTATION_IN_FLIGHT_LIMIT`; help, types and docs/options.md follow from this table.
 */
export const settings = {
  /** TCP port, 0 for a free one. */
  port: setting(wholeNumber(0, 65_535), { fallback: 4566, group: "Server", help: "TCP port, 0 for a free one" }),
  /** Address or name to listen on. */
  host: setting(filledText("an address or a host name"), {
    fallback: "127.0.0.1",
    group: "Server",
    help: "address to listen on",
  }),
  /** The largest request body that is read. */
  maxBodyBytes: setting(wholeNumber(1), {
    fallback: 16 * 1024 * 1024, // 10 MiB of records in base64
    group: "Server",
    help: "largest request body",
  }),
  /** What reads HTTP/1.1: a reader of our own where requests are as SDKs send them, or `node:http` for all. */
  httpReader: setting(oneOf(["own", "node"]), {
    fallback: "own",
    group: "Server",
    help: "what reads HTTP/1.1: own, or node:http",
  }),
  logLevel: setting(oneOf(logLevels), { fallback: "info", group: "Server", help: "how much is logged" }),
  /** Whether what happens is recorded, for those who look at it and wait for it. On for programs, unless they say. */
  history: setting(oneOf(["off", "on"]), {
    fallback: "off",
    group: "Server",
    help: "record what happens, to look at it and wait for it",
  }),
  /** Whether control routes refuse what would concern every account, as a server that many share may want. */
  requireAccount: setting(trueOrFalse(), {
    fallback: false,
    group: "Server",
    help: "have control routes refuse what names no account",
  }),
  /** Account of callers whose access key id is not itself an account id. */
  account: setting(textThat(isAccountId, "an account id of 12 digits"), {
    fallback: "000000000000",
    group: "Callers",
    help: "account of callers whose access key id is not one",
  }),
  /** Region of callers whose request names none. */
  region: setting(
    textThat((text) => /^[a-z0-9-]{1,63}$/.test(text), "a region such as us-east-1"),
    { fallback: "us-east-1", group: "Callers", help: "region of callers who name none" },
  ),
  /** How closely AWS's waiting times and limits are kept. */
  profile: setting(oneOf(profileNames), {
    fallback: "relaxed",
    group: "Fidelity",
    help: "whether AWS's waiting times and limits are kept",
  }),
  /** How many messages of one queue can be in flight at once. */
  inFlightLimit: setting(wholeNumber(1), {
    fallback: 120_000, // AWS: SQS quotas
    group: "Fidelity",
    help: "messages in flight per queue",
  }),
  /** Whether to serve TLS with a certificate made on the spot. */
  tls: setting(oneOf(["off", "self-signed"]), {
    fallback: "off",
    group: "TLS",
    help: "TLS on the same port, beside plain text",
  }),
  /** PEM file of the certificate to serve TLS with, and of those that lead to its issuer. Goes with `tlsKey`. */
  tlsCert: openSetting(filledText("a PEM file"), { group: "TLS", help: "PEM certificate for TLS" }),
  /** PEM file of the key to serve TLS with. Goes with `tlsCert`. */
  tlsKey: openSetting(filledText("a PEM file"), { group: "TLS", help: "PEM private key for TLS" }),
  /** What links in SNS messages start with; `{region}` stands for the topic's region. Unless set, what their publisher used. */
  snsUrl: openSetting(linkBase("a URL such as https://sns.{region}.amazonaws.com"), {
    group: "SNS",
    help: "start of links in SNS messages, instead of what the publisher used",
  }),
  /** Where functions run that SNS invokes: URLs by function ARN. */
  lambda: openSetting(functionUrls(), {
    group: "SNS",
    help: "where a function runs that SNS invokes; can be given more than once",
  }),
  /** Whether HTTPS subscriptions are served whatever their certificates. */
  insecureHttpsDelivery: setting(trueOrFalse(), {
    fallback: false,
    group: "SNS",
    help: "deliver to HTTPS endpoints whatever their certificates",
  }),
  /** Whether Kinesis throttles; as the profile says unless set. */
  kinesisCapacity: openSetting(oneOf(["off", "on"]), {
    group: "Kinesis",
    help: "whether Kinesis throttles, instead of what the profile says",
  }),
  /** How many open shards an account can have in a region. */
  kinesisShardLimit: setting(wholeNumber(1), {
    fallback: 20_000, // AWS: us-east-1
    group: "Kinesis",
    help: "open shards per account and region",
  }),
  /** The folder that stands in for S3 where Kinesis channels deliver to buckets; they deliver nothing unless set. */
  channelDir: openSetting(filledText("a folder"), {
    group: "Kinesis",
    help: "where Kinesis channels put objects, for S3",
  }),
};

export type SettingName = keyof typeof settings;

/** What was chosen. Frozen once made. */
export type Config = { readonly [K in SettingName]: (typeof settings)[K]["fallback"] };

export const settingNames = Object.keys(settings) as SettingName[];

/** The setting's flag, without the dashes. */
export function flagOf(name: SettingName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The environment variable that holds the setting. */
export function variableOf(name: SettingName): string {
  return `${VARIABLE_PREFIX}${flagOf(name).replaceAll("-", "_").toUpperCase()}`;
}

/** What every environment variable of ours starts with. */
export const VARIABLE_PREFIX = "WAYSTATION_";

type Row = Pick<Setting<unknown>, "help" | "group">;

function setting<T>(type: SettingType<T>, row: { readonly fallback: NoInfer<T> } & Row): Setting<T> {
  return { ...type, ...row };
}

/** A setting that stays open unless somebody chooses. */
function openSetting<T>(type: SettingType<T>, row: Row): Setting<T | undefined> {
  return { ...type, ...row, fallback: undefined };
}
