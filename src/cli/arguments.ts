import { parseArgs } from "node:util";
import { nearestName } from "../kernel/nearest-name.ts";
import type { Command, Flags } from "./command.ts";
import { misuse } from "./failure.ts";
import { GivenFlags } from "./given-flags.ts";

/** What every command takes. */
export const commonFlags: Flags = {
  endpoint: {
    takes: "URL",
    help: "where the server is; else WAYSTATION_ENDPOINT, AWS_ENDPOINT_URL, or port 4566 of this machine",
  },
  port: { takes: "N", help: "where the server is: that port of this machine" },
  account: { takes: "ID", help: "the account that is meant" },
  region: { takes: "NAME", help: "the region that is meant" },
  json: { help: "JSON instead of tables, for scripts" },
  help: { help: "show this" },
};

/** What was typed behind the name of a command. */
interface Arguments {
  readonly words: readonly string[];
  readonly flags: GivenFlags;
}

/** Reads what was typed behind the name of a command. Throws CommandFailure. */
export function argumentsOf(command: Command, argv: readonly string[]): Arguments {
  const known = { ...command.flags, ...commonFlags };
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { takes, isList }]) => [
      name,
      { type: takes === undefined ? ("boolean" as const) : ("string" as const), multiple: isList === true },
    ]),
  );
  const help = { help: { type: "boolean", short: "h" } } as const;
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true, allowPositionals: true });
  for (const token of tokens) {
    if (token.kind === "option" && token.rawName !== "-h") refuseStranger(command, token.rawName, Object.keys(known));
  }
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...options, ...help },
      allowPositionals: true,
    });
    return { words: positionals, flags: new GivenFlags(values) };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    const [first = ""] = cause.message.split(/\.?\n|\. /);
    throw misuse(`${first} (see waystation ${command.name} --help)`);
  }
}

/** Holds the words against what the command takes. Throws CommandFailure. */
export function checkWords({ name, takes = "" }: Command, words: readonly string[]): void {
  const places = takes.match(/<[^>]+>|\[[^\]]+\]/g) ?? [];
  const wanted = places.filter((place) => place.startsWith("<"));
  const missing = wanted[words.length];
  if (missing !== undefined) throw misuse(`${missing} is missing: waystation ${name} ${takes}`);
  const extra = words.slice(places.length);
  if (extra.length > 0 && !takes.includes("…"))
    throw misuse(`"${extra.join(" ")}" is more than ${name} takes: waystation ${name} ${takes}`.trimEnd());
}

function refuseStranger({ name }: Command, rawName: string, names: readonly string[]): void {
  const given = rawName.replace(/^-+/, "");
  if (rawName.startsWith("--") && names.includes(given)) return;
  const nearest = nearestName(given, names);
  const hint = nearest === undefined ? `see waystation ${name} --help` : `did you mean --${nearest}?`;
  throw misuse(`${name} has no flag ${rawName}; ${hint}`);
}
