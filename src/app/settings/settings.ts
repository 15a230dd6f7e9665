import { isAccountId } from "../../kernel/scope.ts";
import { logLevels } from "../../server/log.ts";
import { logFormats } from "../log/log-format.ts";
import { cloudFormationSettings, kinesisSettings, lambdaSettings, snsSettings } from "../modules/module-settings.ts";
import { provisioningSettings } from "../provisioning/provisioning-settings.ts";
import { type ProfileName, profiles } from "./profiles.ts";
import type { Chosen } from "./setting-table.ts";
import {
  databaseUrl,
  filledText,
  oneOf,
  openSetting,
  setting,
  textThat,
  trueOrFalse,
  wholeNumber,
} from "./setting-types.ts";

const profileNames = Object.keys(profiles) as ProfileName[];

/**
 * Everything that can be chosen about a server, by name. Flags are named `--in-flight-limit`, variables
 * `WAYSTATION_IN_FLIGHT_LIMIT`; help, types and docs/options.md follow from this table. Those of the modules stand beside them.
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
  /** The folder that state is kept in beyond the end of the process; it ends with the process unless set. */
  dataDir: openSetting(filledText("a folder"), { group: "State", help: "folder to keep state in, over restarts" }),
  /** The PostgreSQL database that state is kept in, in the place of a folder; of several servers with the same one, one serves. */
  store: openSetting(databaseUrl(), {
    group: "State",
    help: "PostgreSQL database to keep state in, for servers that stand by for each other",
  }),
  /** When an answer is given, where state is kept: once the operating system has it, or once it is on the disk. */
  durability: setting(oneOf(["process", "full"]), {
    fallback: "process",
    group: "State",
    help: "what state outlasts: the end of the process, or a loss of power as well",
  }),
  /** A file with all that is to be there at the start, as `waystation snapshot save` writes it; read unless state was kept. */
  snapshot: openSetting(filledText("a file"), {
    group: "State",
    help: "file to begin with, as snapshot save writes it; not read where state was kept",
  }),
  /** What reads HTTP: readers of our own where requests are as SDKs send them, or `node:http` and `node:http2` for all. */
  httpReader: setting(oneOf(["own", "node"]), {
    fallback: "own",
    group: "Server",
    help: "what reads HTTP/1.1 and HTTP/2: own, or Node's libraries",
  }),
  logLevel: setting(oneOf(logLevels), { fallback: "info", group: "Server", help: "how much is logged" }),
  /** Whether lines of the log are for people or for programs. */
  logFormat: setting(oneOf(logFormats), {
    fallback: "auto",
    group: "Server",
    help: "how it is logged: text for people, JSON lines, or auto, which is text on a terminal",
  }),
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
  /** Whether what is likely to be a mistake is told on standard error when the server stops. */
  report: setting(trueOrFalse(), {
    fallback: false,
    group: "Server",
    help: "tell at the end what is likely to be a mistake",
  }),
  /** Whether the command ends with its standard input, which ends with whoever started it, however that comes about. */
  stopWithInput: setting(trueOrFalse(), {
    fallback: false,
    group: "Server",
    help: "stop when standard input ends, as with whoever started it",
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
  ...snsSettings,
  ...kinesisSettings,
  ...lambdaSettings,
  ...provisioningSettings,
  ...cloudFormationSettings,
};

export type SettingName = keyof typeof settings;

/** What was chosen. Frozen once made. */
export type Config = Chosen<typeof settings>;

export const settingNames = Object.keys(settings) as SettingName[];
