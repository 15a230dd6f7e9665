import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RuntimeDeps } from "./deps.ts";
import type { FunctionDefinition } from "./runner.ts";

/** Where the launchers lie: below the sources, and beside the bundle. */
const LAUNCHERS = fileURLToPath(new URL("launcher/", import.meta.url));

/** How to start the process of a function. */
export interface Launch {
  readonly command: readonly string[];
  readonly directory: string;
  /** What is said of the place that the process finds its code in, and its launcher. */
  readonly variables: Readonly<Record<string, string>>;
}

/** How the function is started, or a sentence on why it cannot be. */
export function launchOf(
  { code, runtime = "", name }: FunctionDefinition,
  { node = process.execPath, python = "python3" }: Pick<RuntimeDeps, "node" | "python">,
): Launch | string {
  if (code.kind === "command") return launch(code.command, code.directory);
  if (code.kind !== "directory") return `${name} has no process.`;
  const { directory } = code;
  if (runtime.startsWith("nodejs")) return launch([node, join(LAUNCHERS, "node.mjs")], directory);
  if (runtime.startsWith("python")) return launch([python, join(LAUNCHERS, "python.py")], directory);
  if (runtime.startsWith("provided")) return launch([join(directory, "bootstrap")], directory);
  return `There is no launcher for the runtime ${runtime || "(none)"}: give ${name} a command that runs it with AWS's runtime interface client.`;
}

function launch(command: readonly string[], directory: string): Launch {
  const variables = { LAMBDA_TASK_ROOT: directory, LAMBDA_RUNTIME_DIR: LAUNCHERS, PWD: directory };
  return { command, directory, variables };
}
