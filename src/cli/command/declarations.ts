import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import type { Call, Run } from "../command.ts";
import { CommandFailure, DONE, FAILED, misuse } from "../failure.ts";

/** What the server answers to a document. */
interface Applied {
  readonly changes: readonly {
    readonly action: string;
    readonly type: string;
    readonly name: string;
    readonly account: string;
    readonly region: string;
    readonly details: readonly string[];
  }[];
  readonly unchanged: number;
  readonly notes: readonly string[];
}

/** Creates and changes what a document declares. */
export const apply: Run = async (call) => {
  await declare(call, { isDryRun: call.flags.isSet("dry-run") });
  return DONE;
};

/** Says what applying it would do; like `diff`, it ends with 1 when that is something. */
export const diff: Run = async (call) => {
  const { changes } = await declare(call, { isDryRun: true });
  return changes.length === 0 ? DONE : FAILED;
};

/** Writes the document that declares what there is. */
export const exportAll: Run = async ({ control, flags, output }) => {
  const format = flags.text("format") ?? (output.isJson ? "json" : "yaml");
  if (format !== "yaml" && format !== "json") throw misuse(`--format is yaml or json, not "${format}"`);
  const account = flags.text("account");
  const query = new URLSearchParams({ format, ...(account === undefined ? {} : { account }) });
  output.document(await control.document("GET", `${CONTROL_PREFIX}export?${query}`));
  return DONE;
};

async function declare(call: Call, { isDryRun }: { readonly isDryRun: boolean }): Promise<Applied> {
  const { control, output } = call;
  const body = await documentOf(call);
  output.progress("Applying …");
  // What is piped in starts at the directory the command is run in, as if it lay there.
  const query = new URLSearchParams({ dryRun: String(isDryRun), directory: dirname(resolve(call.words[0] ?? "")) });
  const text = await control.document("POST", `${CONTROL_PREFIX}apply?${query}`, { body }).catch((cause: unknown) => {
    throw cause instanceof CommandFailure ? named(cause, call.words[0] ?? "") : cause;
  });
  const applied = JSON.parse(text) as Applied;
  if (output.isJson) output.json(applied);
  else show(call, applied);
  return applied;
}

function show({ output }: Call, { changes, unchanged, notes }: Applied): void {
  const rows = changes.map((one) => [one.action, one.type, one.name, one.account, one.region, one.details.join("; ")]);
  if (rows.length > 0) output.table(["CHANGE", "TYPE", "NAME", "ACCOUNT", "REGION", "WHAT DIFFERED"], rows);
  for (const note of notes) output.note(note);
  output.note(`${changes.length} to change, ${unchanged} as declared.`);
}

/** The server says `document:2:8: …`, since it does not know the file. */
function named({ message, exitCode }: CommandFailure, file: string): CommandFailure {
  return new CommandFailure(
    message.replace(/^document(?=:\d)/, () => file),
    exitCode,
  );
}

async function documentOf({ words: [file = ""], input }: Call): Promise<string> {
  try {
    if (file !== "-") return await readFile(file, "utf8");
  } catch (cause) {
    throw new CommandFailure(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code})`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return String(Buffer.concat(chunks));
}
