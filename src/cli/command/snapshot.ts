import { readFile, rename, writeFile } from "node:fs/promises";
import { nearestName } from "../../kernel/nearest-name.ts";
import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import type { Call, Run } from "../command.ts";
import { CommandFailure, misuse } from "../failure.ts";

type Way = (call: Call, word: string) => Promise<number>;

/** What can be done, and whether a word has to stand behind it. */
const WAYS: Readonly<Record<string, { readonly takes?: string; readonly go: Way }>> = {
  list: { go: list },
  save: { takes: "a file", go: save },
  load: { takes: "a file", go: load },
  keep: { takes: "a name", go: keep },
  restore: { takes: "a name", go: restore },
  delete: { takes: "a name", go: remove },
};

/** Keeps what there is, in a file or in the server, and brings it back. */
export const run: Run = (call) => {
  const [name = "list", word] = call.words;
  const way = Object.hasOwn(WAYS, name) ? WAYS[name] : undefined;
  if (way === undefined) {
    const names = Object.keys(WAYS);
    const nearest = nearestName(name, names);
    throw misuse(
      `snapshot takes ${names.join(", ")}, not "${name}"${nearest === undefined ? "" : `; did you mean ${nearest}?`}`,
    );
  }
  if (way.takes !== undefined && word === undefined) throw misuse(`snapshot ${name} takes ${way.takes}`);
  if (way.takes === undefined && word !== undefined) throw misuse(`"${word}" is more than snapshot ${name} takes`);
  return way.go(call, word ?? "");
};

/** Copies everything of an account into another one. */
export const fork: Run = async ({ words: [from = "", to = ""], client, output }) => {
  await client.call("POST", "fork", { from, to });
  return said(output, `${to} has everything that ${from} has.`);
};

const accountOf = ({ flags }: Call) => ({ account: flags.text("account") });

async function list({ client, output }: Call): Promise<number> {
  const { snapshots } = await client.call("GET", "snapshots", {});
  if (output.isJson) output.json(snapshots);
  else if (snapshots.length === 0) output.note("There are no snapshots.");
  else {
    const rows = snapshots.map((one) => [one.name, one.takenAt, one.entries, one.bytes, one.account]);
    output.table(["SNAPSHOT", "TAKEN", "ENTRIES", "BYTES", "ACCOUNT"], rows);
  }
  return 0;
}

async function save(call: Call, file: string): Promise<number> {
  const { control, output } = call;
  const { account } = accountOf(call);
  const isWhole = call.flags.isSet("with-secrets");
  const query = new URLSearchParams({ ...(account && { account }), withSecrets: String(isWhole) });
  const text = await control.document("GET", `${CONTROL_PREFIX}snapshots/document?${query}`, {
    heard: (bytes) => output.progress(`${(bytes / 1024 / 1024).toFixed(1)} MB …`),
  });
  if (file === "-") output.document(text);
  else await written(file, text);
  return file === "-"
    ? 0
    : said(output, isWhole ? `Kept in ${file}, with secrets.` : `Kept in ${file}, without secrets.`);
}

async function load(call: Call, file: string): Promise<number> {
  const { control, output } = call;
  const { account } = accountOf(call);
  const text = await readable(file);
  output.progress(`Sending ${(text.length / 1024 / 1024).toFixed(1)} MB …`);
  const query = account === undefined ? "" : `?account=${encodeURIComponent(account)}`;
  await control.document("POST", `${CONTROL_PREFIX}snapshots/restore${query}`, { body: text });
  return said(output, `Everything is as in ${file}.`);
}

async function keep(call: Call, name: string): Promise<number> {
  await call.client.call("POST", "snapshots", { ...accountOf(call), name });
  return said(call.output, `Kept as ${name}.`);
}

async function restore(call: Call, name: string): Promise<number> {
  await call.client.call("POST", "snapshots/restore", { ...accountOf(call), name });
  return said(call.output, `Everything is as in ${name}.`);
}

async function remove(call: Call, name: string): Promise<number> {
  await call.client.call("DELETE", "snapshots", { name });
  return said(call.output, `${name} is forgotten.`);
}

function said(output: Call["output"], text: string): number {
  if (!output.isJson) output.note(text);
  return 0;
}

/** Whole or not at all: what was there before is not lost when there is no room for the new one. */
async function written(file: string, text: string): Promise<void> {
  try {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  } catch (cause) {
    throw new CommandFailure(`${file} cannot be written (${(cause as NodeJS.ErrnoException).code})`);
  }
}

async function readable(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new CommandFailure(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code})`);
  }
}
