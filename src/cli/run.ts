import { nearestName } from "../kernel/nearest-name.ts";
import { Client } from "../testing/client.ts";
import { WaystationError } from "../testing/waystation-error.ts";
import { argumentsOf, checkWords } from "./arguments.ts";
import type { Call, Command } from "./command.ts";
import { commands } from "./commands.ts";
import { type Environment, endpointOf } from "./endpoint.ts";
import { CommandFailure, DONE, FAILED, MISUSED, misuse } from "./failure.ts";
import { commandNames, helpOf, overview } from "./help.ts";
import { Output, type Sink } from "./output/output.ts";
import { Aws } from "./server/aws.ts";
import { ControlPlane } from "./server/control-plane.ts";
import { HttpServer } from "./server/http.ts";

/** What a command is run in. */
export interface CommandDeps {
  readonly environment: Environment;
  readonly input: Call["input"];
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** What needs no server. */
const OF_THE_CLIENT: readonly string[] = ["help", "completion"];

/** What other tools call what is done otherwise here, and how. */
const SAID_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["up", "did you mean start?"],
  ["run", "did you mean start?"],
  ["serve", "did you mean start?"],
  ["status", "did you mean health?"],
  ["list", "did you mean ls?"],
  ["stop", "a server ends with Ctrl+C, or with SIGTERM"],
  ["down", "a server ends with Ctrl+C, or with SIGTERM"],
  ["logs", "a server logs on its standard error; tail follows what happens"],
  ["receive", "peek shows messages and takes none; to receive them is for clients"],
  ["purge", "reset forgets everything; to purge a queue is for clients"],
  ["create", "apply makes what a file declares; start has --queues, --topics and --streams"],
]);

/** Runs a command on a running server, and tells the exit code. */
export async function runCommand([name = "", ...argv]: readonly string[], deps: CommandDeps): Promise<number> {
  const output = new Output({ ...deps, isJson: argv.includes("--json") });
  try {
    if (OF_THE_CLIENT.includes(name) && argv.some(isHelpFlag)) return written(output, overview());
    if (name === "help") return await help(argv, output);
    if (name === "completion") return await completion(argv, output);
    const command = commandOf(name);
    const { words, flags } = argumentsOf(command, argv);
    if (flags.isSet("help")) return written(output, helpOf(command));
    checkWords(command, words);
    const run = await command.load();
    return await run(callOf({ words, flags, output }, deps));
  } catch (cause) {
    return complained(output, cause);
  }
}

function isHelpFlag(argument: string): boolean {
  return argument === "--help" || argument === "-h";
}

function callOf({ words, flags, output }: Pick<Call, "words" | "flags" | "output">, deps: CommandDeps): Call {
  const server = new HttpServer(
    endpointOf({ endpoint: flags.text("endpoint"), port: flags.text("port") }, deps.environment),
  );
  const control = new ControlPlane(server);
  const client = new Client(control.transport, undefined);
  return {
    words,
    flags,
    output,
    control,
    client,
    aws: new Aws(server),
    environment: deps.environment,
    input: deps.input,
  };
}

async function help([name, ...others]: readonly string[], output: Output): Promise<number> {
  if (others.length > 0) throw misuse("help takes one command");
  return written(output, name === undefined ? overview() : helpOf(commandOf(name)));
}

async function completion([shell, ...others]: readonly string[], output: Output): Promise<number> {
  if (others.length > 0) throw misuse("completion takes one shell");
  const { completionFor } = await import("./completion.ts");
  return written(output, completionFor(shell));
}

function written(output: Output, text: string): number {
  output.document(text);
  return DONE;
}

/** Throws CommandFailure. */
function commandOf(name: string): Command {
  const command = commands.find((one) => one.name === name);
  if (command !== undefined) return command;
  const nearest = nearestName(name, commandNames);
  const other = nearest === undefined ? "see waystation help" : `did you mean ${nearest}?`;
  const hint = SAID_ELSEWHERE.get(name) ?? other;
  throw misuse(`there is no command "${name}"; ${hint}`);
}

function complained(output: Output, cause: unknown): number {
  output.progress(undefined);
  if (output.gone.aborted) return DONE;
  if (cause instanceof CommandFailure) return complain(output, cause.message, cause.exitCode);
  if (cause instanceof WaystationError) return complain(output, cause.message, cause.status === 400 ? MISUSED : FAILED);
  throw cause;
}

function complain(output: Output, text: string, exitCode: number): number {
  output.note(`waystation: ${text}`);
  return exitCode;
}
