import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { FunctionCode, FunctionSettings } from "../../engine/function/function.ts";
import { strangerText } from "../../kernel/nearest-name.ts";
import { isAccountId } from "../../kernel/scope.ts";
import { defaultSettings } from "../../service/lambda/function/new-settings.ts";
import { UsageError } from "../settings/config.ts";
import type { FunctionHandler, FunctionOptions } from "./function-options.ts";

/** A function that is to be there. */
export interface DeclaredFunction {
  readonly name: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly settings: FunctionSettings;
  readonly code: FunctionCode;
  readonly reservedConcurrency: number | undefined;
}

const MEMBERS = [
  ...["handler", "runtime", "directory", "command", "attach", "url"],
  ...["timeout", "memory", "environment", "reservedConcurrency", "account", "region"],
];
const ROLE_NAME = "role/waystation";
/** What runs a handler whose options do not say; the launchers take any version. */
const RUNTIMES: readonly (readonly [runtime: string, endings: readonly string[]])[] = [
  ["python3.13", [".py"]],
  ["nodejs22.x", [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"]],
];

/** `orders=./handlers:index.handler`. Throws UsageError. */
export function readFunctionText(text: string): DeclaredFunction {
  const [, name = "", directory = "", handler = ""] = /^([^=]+)=(.+):([^:]+)$/.exec(text) ?? [];
  return readFunction(name, { directory, handler });
}

/** A function as a program gives it. Throws UsageError. */
export function readFunction(name: string, given: FunctionHandler | FunctionOptions): DeclaredFunction {
  const refuse = (complaint: string): never => {
    throw new UsageError(`the function ${name}: ${complaint}`);
  };
  if (!/^[\w-]{1,64}$/.test(name)) refuse("its name has 1 to 64 letters, digits, hyphens and underscores");
  const options = typeof given === "function" ? {} : given;
  const stranger = strangerText("option", Object.keys(options), MEMBERS);
  if (stranger !== undefined) refuse(stranger);
  const { account, region, reservedConcurrency } = options;
  if (account !== undefined && !isAccountId(account)) refuse("its account has 12 digits");
  checkNumber("timeout", options.timeout, [1, 900], refuse);
  checkNumber("memory", options.memory, [128, 10_240], refuse);
  checkNumber("reservedConcurrency", reservedConcurrency, [0, 900], refuse);
  const way = typeof given === "function" ? inline(name) : wayOf(options, refuse);
  return { name, account, region, reservedConcurrency, code: codeOf(way), settings: settingsOf(name, options, refuse) };
}

type Way = FunctionCode extends infer Code ? (Code extends unknown ? Omit<Code, "sha256" | "bytes"> : never) : never;
type Refuse = (complaint: string) => never;

function inline(name: string): Way {
  return { kind: "inline", name };
}

function wayOf({ directory, command, attach, url, handler }: FunctionOptions, refuse: Refuse): Way {
  const ways = [command ?? directory, attach || undefined, url].filter((way) => way !== undefined);
  if (ways.length !== 1) return refuse("it has a directory, a command, attach or a url, one of them");
  if (url !== undefined) {
    return /^https?:/.test(url) && URL.canParse(url) ? { kind: "url", url } : refuse(`${url} is no URL`);
  }
  if (attach) return { kind: "attach", ...(typeof attach === "number" && { port: attach }) };
  const path = resolve(directory ?? ".");
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return refuse(`there is no directory ${path}`);
  if (command !== undefined) {
    const [program, ...rest] = command;
    return program === undefined
      ? refuse("its command is empty")
      : { kind: "command", command: [program, ...rest], path };
  }
  return handler === undefined ? refuse("it has a handler, such as index.handler") : { kind: "directory", path };
}

/** What it is known by changes with it. */
function codeOf(way: Way): FunctionCode {
  const sha256 = createHash("sha256").update(JSON.stringify(way)).digest("base64");
  return { ...way, sha256, bytes: 0 } as FunctionCode;
}

function settingsOf(name: string, options: FunctionOptions, refuse: Refuse): FunctionSettings {
  const { handler, environment, timeout, memory } = options;
  const settings = defaultSettings(name, `arn:aws:iam::${options.account ?? "000000000000"}:${ROLE_NAME}`);
  const runtime = options.runtime ?? runtimeOf(options, refuse);
  return {
    ...settings,
    ...(runtime !== undefined && { runtime }),
    ...(handler !== undefined && { handler }),
    ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
    ...(memory !== undefined && { memoryMb: memory }),
    ...(environment !== undefined && { environment }),
  };
}

/** As the file of the handler has it. Refuses where there is none. */
export function runtimeOf({ directory, command, handler }: FunctionOptions, refuse: Refuse): string | undefined {
  if (directory === undefined || command !== undefined || handler === undefined) return undefined;
  const [, module = handler] = /^(.*?[^/.][^/.]*)\.[^/]*$/.exec(handler) ?? [];
  for (const [runtime, endings] of RUNTIMES) {
    if (endings.some((ending) => existsSync(join(directory, `${module}${ending}`)))) return runtime;
  }
  if (existsSync(join(directory, "bootstrap"))) return "provided.al2023";
  return refuse(`there is neither ${module}.js nor ${module}.py in ${resolve(directory)}, nor a bootstrap`);
}

function checkNumber(
  name: string,
  value: number | undefined,
  [least, most]: readonly [number, number],
  refuse: Refuse,
) {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  refuse(`${name} is a whole number from ${least} to ${most}`);
}
