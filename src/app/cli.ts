import { parseArgs } from "node:util";
import { SystemClock } from "../kernel/time/system-clock.ts";
import { clientCommand, isClientCommand } from "./client-command.ts";
import { suitCollector } from "./collector.ts";
import type { CompiledCode } from "./compiled-code/compiled-code.ts";
import { keepLater } from "./compiled-code/keep-later.ts";
import { packageVersion } from "./package.ts";
import type { ConfigFile } from "./provisioning/config-file.ts";
import { configFromCommandLine, configPath, environment, UsageError } from "./settings/config.ts";
import { flagOf } from "./settings/setting-table.ts";
import { type Config, settings } from "./settings/settings.ts";
import { write } from "./standard-streams.ts";
import { readyText } from "./text.ts";

/** Exit codes: what went well, what failed, and what was asked for wrongly. */
const DONE = 0;
const FAILED = 1;
const MISUSED = 2;

type Command = (config: Config, file: ConfigFile | undefined, code: CompiledCode | undefined) => Promise<number>;

const commands: Readonly<Record<string, Command>> = { start, health };

/** Does what the arguments ask for and tells the exit code. What is compiled for a server is kept for the next one, where that is given. */
export async function run(argv: readonly string[], code?: CompiledCode): Promise<number> {
  if (isClientCommand(argv)) return clientCommand(argv);
  try {
    if (argv[0] === "inspect") return await inspect(argv.slice(1));
    const { values, positionals } = parse(argv);
    if (values.help) return await help();
    if (values.version) return say(`${packageVersion()}\n`);
    const command = commandOf(positionals);
    const file = await configFile(configPath(values));
    return await command(configFromCommandLine(values, undefined, { file }), file, code);
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    return complain(`${cause.message} (see waystation --help)`, MISUSED);
  }
}

/** The reader is loaded where there is a file. */
async function configFile(path: string | undefined): Promise<ConfigFile | undefined> {
  if (path === undefined) return undefined;
  const { readConfigFile } = await import("./provisioning/config-file.ts");
  return readConfigFile(path);
}

function parse(argv: readonly string[]): {
  values: Readonly<Record<string, unknown>>;
  positionals: readonly string[];
} {
  const options = Object.fromEntries(Object.entries(settings).map(([name, row]) => [flagOf(name), optionOf(row)]));
  const asked = { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "v" } } as const;
  try {
    return parseArgs({ args: [...argv], options: { ...options, ...asked }, allowPositionals: true });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    const [firstSentence = ""] = cause.message.split(/\.?\n|\. /);
    throw new UsageError(firstSentence);
  }
}

function optionOf({ flag }: { readonly flag?: "switch" | "list" }) {
  return flag === "switch" ? { type: "boolean" as const } : { type: "string" as const, multiple: flag === "list" };
}

function commandOf([name = "start", ...rest]: readonly string[]): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UsageError(`there is no command "${name}"`);
  if (rest.length > 0) throw new UsageError(`"${rest.join(" ")}" is more than ${name} takes`);
  return command;
}

/** What there is to know is loaded when somebody wants to. */
async function help(): Promise<number> {
  const { helpText } = await import("./settings/help.ts");
  return say(helpText());
}

/** Looks into a folder that state is kept in. */
async function inspect(argv: readonly string[]): Promise<number> {
  const { inspectCommand } = await import("./inspect-command.ts");
  try {
    return await inspectCommand(argv);
  } catch (cause) {
    if (isRefusal(cause)) return complain(cause.message, FAILED);
    throw cause;
  }
}

/** Serves until the process is told to stop. */
async function start(config: Config, file: ConfigFile | undefined, code: CompiledCode | undefined): Promise<number> {
  suitCollector();
  const stop = new AbortController();
  const stopped = stopSignal(config, stop);
  let lost: Error | undefined;
  const superseded = (cause: Error): void => {
    lost = cause;
    stop.abort();
  };
  const { startEmulator } = await import("./emulator.ts");
  try {
    await using emulator = await startEmulator(config, { file, runsScriptsUntil: stop.signal, superseded });
    if (!stop.signal.aborted)
      say(readyText(emulator.endpoint, config, { file: file?.path, environment: environment() }));
    if (code !== undefined) keepLater(code, new SystemClock());
    await stopped;
    if (lost !== undefined) return complain(lost.message, FAILED);
  } catch (cause) {
    if (stop.signal.aborted && isStandbyOver(cause)) return DONE;
    if (isRefusal(cause)) return complain(cause.message, FAILED);
    if (!isSystemError(cause)) throw cause;
    return complain(cause.code === "EADDRINUSE" ? await takenText(config) : reasonOf(cause, config), FAILED);
  }
  // What nobody has read by now would keep the process alive.
  if (process.stdout.writableLength > 0 || process.stderr.writableLength > 0) process.exit(DONE);
  return DONE;
}

/** Asks the server that runs on the configured port how it is. */
async function health(config: Config): Promise<number> {
  const { ailmentOf } = await import("./health.ts");
  const ailment = await ailmentOf(config);
  return ailment === undefined ? DONE : complain(ailment, FAILED);
}

/**
 * Resolves when it is to stop: with the first signal, or the end of the input. A second signal ends the process as if nobody listened.
 */
function stopSignal({ stopWithInput }: Config, stop: AbortController): Promise<void> {
  return new Promise((resolve) => {
    stop.signal.addEventListener("abort", () => {
      if (stopWithInput) process.stdin.destroy(); // which would keep the process alive
      resolve();
    });
    const abort = (): void => stop.abort();
    process.once("SIGTERM", abort).once("SIGINT", abort);
    if (stopWithInput) process.stdin.once("end", abort).once("error", abort).resume();
  });
}

/** A StoreRefusal, whose class is loaded where state is kept. */
function isRefusal(cause: unknown): cause is Error {
  return cause instanceof Error && cause.name === "StoreRefusal";
}

/** Whoever stood by was told to stop, as it was to be. */
function isStandbyOver(cause: unknown): boolean {
  return cause instanceof Error && cause.name === "StandbyOver";
}

function isSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && "syscall" in cause;
}

function reasonOf({ code, message }: NodeJS.ErrnoException, { host, port }: Config): string {
  if (code === "EACCES") return `port ${port} on ${host} needs more rights than this process has`;
  return `cannot listen on port ${port} of ${host}: ${message}`;
}

/** What is said of a port that is taken, with who has it where that shows. */
async function takenText(config: Config): Promise<string> {
  const { host, port } = config;
  const { occupantOf } = await import("./health.ts");
  const occupant = await occupantOf(config);
  const by = occupant === undefined ? "" : ` by a ${occupant} that runs`;
  const ask = occupant === "Waystation" ? `, and \`waystation ls --port ${port}\` looks into that one` : "";
  return `port ${port} on ${host} is already taken${by}; --port chooses another${ask}`;
}

function say(text: string): number {
  write(process.stdout, text);
  return DONE;
}

function complain(text: string, exitCode: number): number {
  write(process.stderr, `waystation: ${text}\n`);
  return exitCode;
}
