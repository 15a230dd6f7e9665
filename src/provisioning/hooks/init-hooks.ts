import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { basename, delimiter, extname } from "node:path";
import type { Clock } from "../../kernel/time/clock.ts";
import { awslocalFolder } from "./awslocal.ts";
import { findScripts, type InitScript, type InitStage, initStages } from "./find-scripts.ts";
import { runScript, type ScriptEnd } from "./run-script.ts";

/** What scripts are run with. */
export interface InitHooksDeps {
  /** In which scripts are looked for, in this order. */
  readonly folders: readonly string[];
  /** What scripts see as their environment: where the server is, and as whom to come. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long each script may take. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly log: (level: "info" | "warn" | "error", fields: Readonly<Record<string, string>>, text: string) => void;
}

/** A script as the state of hooks tells it. */
interface ScriptState {
  readonly stage: InitStage;
  readonly name: string;
  readonly state: "UNKNOWN" | "RUNNING" | "SUCCESSFUL" | "ERROR";
}

/** Where hooks stand, as LocalStack tells it. */
export interface InitState {
  readonly completed: Readonly<Record<InitStage, boolean>>;
  readonly scripts: readonly ScriptState[];
}

/** Runs people's scripts while the server starts and stops: one after the other, whatever becomes of each. */
export class InitHooks {
  readonly #deps: InitHooksDeps;
  readonly #completed = new Set<InitStage>();
  readonly #states = new Map<InitScript, ScriptState["state"]>();

  private constructor(deps: InitHooksDeps, scripts: readonly InitScript[]) {
    this.#deps = deps;
    for (const script of scripts) this.#states.set(script, "UNKNOWN");
  }

  /** Finds the scripts. Throws what Node throws when a folder cannot be read. */
  static async find(deps: InitHooksDeps): Promise<InitHooks> {
    const found = await Promise.all(deps.folders.map(findScripts));
    return new InitHooks(deps, found.flat());
  }

  get state(): InitState {
    const completed = Object.fromEntries(initStages.map((stage) => [stage, this.#completed.has(stage)]));
    return {
      completed: completed as InitState["completed"],
      scripts: [...this.#states].map(([{ stage, path }, state]) => ({ stage, name: basename(path), state })),
    };
  }

  /** Runs the scripts of a stage. Once stopped, the one that runs is ended and no other begins. */
  async run(stage: InitStage, signal: AbortSignal): Promise<void> {
    const scripts = [...this.#states.keys()].filter((script) => script.stage === stage);
    if (scripts.length > 0) {
      await using folder = await awslocalFolder();
      for (const script of scripts) {
        if (signal.aborted) return;
        await this.#run(script, { signal, folder: folder?.path });
      }
    }
    if (!signal.aborted) this.#completed.add(stage);
  }

  async #run(script: InitScript, { signal, folder }: { signal: AbortSignal; folder: string | undefined }) {
    const { environment, timeoutMs, clock, log } = this.#deps;
    const fields = { stage: script.stage.toLowerCase(), script: script.path };
    this.#states.set(script, "RUNNING");
    const command = await commandOf(script);
    const path = [folder, environment.PATH || USUAL_PATH].filter(Boolean).join(delimiter);
    const run = { timeoutMs, signal, clock, environment: { ...environment, PATH: path } };
    const end = command && (await runScript({ ...run, command, tell: (line) => log("info", fields, line) }));
    this.#states.set(script, end === 0 ? "SUCCESSFUL" : "ERROR");
    if (end !== 0) log(end === "stopped" ? "warn" : "error", fields, sentenceOf(end, command, timeoutMs));
  }
}

/** Where commands are in an environment that does not say. */
const USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** How a script is run; undefined when it cannot be. */
async function commandOf({ path, isLoose }: InitScript): Promise<readonly string[] | undefined> {
  if (extname(path) === ".py") return ["python3", path];
  const isExecutable = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (isExecutable) return [path];
  return isLoose ? ["/bin/sh", path] : undefined;
}

function sentenceOf(end: ScriptEnd | undefined, [program]: readonly string[] = [], timeoutMs: number): string {
  if (end === undefined) return "the script is not executable: chmod +x makes it so";
  if (end === "timeout") return `the script was ended after ${timeoutMs / 1000} s; --init-timeout-ms allows more`;
  if (end === "stopped") return "the script was ended, since the server stops";
  if (end === "no-shell")
    return "the script cannot be run without /bin/sh; waystation.yaml declares things without one";
  if (end !== 127) return `the script failed with exit code ${end}`;
  const missing = program === "python3" ? "python3" : "a command, or what the first line names,";
  return `the script failed with exit code 127, as where ${missing} is not installed`;
}
