import { parseArgs } from "node:util";
import { Output } from "../cli/output/output.ts";
import { environment, UsageError } from "./settings/config.ts";

const USAGE =
  "Usage: waystation inspect <folder or URL> [--json]    says what is kept in a folder or database, without changing it\n";

/** Says what is kept in a folder, or in a database, whether a server runs on it or not, and tells the exit code. Throws UsageError and StoreRefusal. */
export async function inspectCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(argv);
  const { stdout, stderr } = process;
  const output = new Output({ stdout, stderr, environment: environment(), isJson: values.json === true });
  if (values.help) output.document(USAGE);
  else await tell(positionals, output);
  return 0;
}

async function tell([place, ...others]: readonly string[], output: Output): Promise<void> {
  if (place === undefined) throw new UsageError("inspect takes a folder, or the URL of a database");
  if (others.length > 0) throw new UsageError(`"${others.join(" ")}" is more than inspect takes`);
  const { inspectPlace, placeName } = await import("./durable/inspect.ts");
  const facts = await inspectPlace(place);
  if (output.isJson) return output.json(facts);
  const { format, bytes, writtenAt, accounts } = facts;
  const things = accounts.reduce((sum, { resources }) => sum + resources.length, 0);
  const total = counted(things, "resource", "resources");
  const written = writtenAt === undefined ? "" : `written last at ${writtenAt}, `;
  output.document(`${placeName(place)}: format ${format}, ${bytes} bytes, ${written}${total}\n`);
  for (const { account, resources, deliveries } of accounts) {
    output.document(`\nAccount ${account}, ${counted(deliveries, "delivery", "deliveries")} to be made\n`);
    output.table(
      ["KIND", "HOLDS", "RESOURCE"],
      resources.map(({ kind, holds, arn }) => [kind, holds, arn]),
    );
  }
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

function parsed(argv: readonly string[]) {
  const options = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    const [firstSentence = ""] = cause.message.split(/\.?\n|\. /);
    throw new UsageError(firstSentence);
  }
}
