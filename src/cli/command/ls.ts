import { nearestName } from "../../kernel/nearest-name.ts";
import type { Call, Run } from "../command.ts";
import { misuse } from "../failure.ts";
import type { Cell } from "../output/table.ts";

type Where = { readonly account: string | undefined; readonly region: string | undefined };
type Client = Call["client"];

interface Named {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

interface Listing {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly items: readonly object[];
}

const LISTINGS: Readonly<Record<string, (client: Client, where: Where) => Promise<Listing>>> = {
  queues,
  topics,
  streams,
  functions,
};

/** Lists what there is. */
export const run: Run = async ({ words: [word], client, flags, output }) => {
  const wanted = word === undefined ? undefined : kindOf(word);
  const read = Object.entries(LISTINGS).filter(([kind]) => wanted === undefined || kind === wanted);
  const where = { account: flags.text("account"), region: flags.text("region") };
  const listings = await Promise.all(read.map(async ([kind, list]) => [kind, await list(client, where)] as const));
  if (output.isJson) {
    output.json(Object.fromEntries(listings.map(([kind, { items }]) => [kind, items])));
    return 0;
  }
  const filled = listings.filter(([, { rows }]) => rows.length > 0);
  for (const [index, [, { head, rows }]] of filled.entries()) {
    if (index > 0) output.line();
    output.table(head, rows);
  }
  if (filled.length === 0) output.note(wanted === undefined ? "There is nothing yet." : `There are no ${wanted}.`);
  return 0;
};

function kindOf(word: string): string {
  const kinds = Object.keys(LISTINGS);
  const kind = kinds.find((one) => one === word || one === `${word}s`);
  if (kind !== undefined) return kind;
  const nearest = nearestName(word, kinds);
  throw misuse(
    `ls takes ${kinds.join(", ")}, not "${word}"${nearest === undefined ? "" : `; did you mean ${nearest}?`}`,
  );
}

async function queues(client: Client, where: Where): Promise<Listing> {
  const head = ["QUEUE", "VISIBLE", "IN FLIGHT", "DELAYED", "OLDEST"];
  return listing(head, await client.list(["queues", "queues"], where), (one) => [
    one.visible,
    one.inFlight,
    one.delayed,
    ageOf(one.oldestAgeSeconds),
  ]);
}

async function topics(client: Client, where: Where): Promise<Listing> {
  const head = ["TOPIC", "SUBSCRIPTIONS", "PENDING"];
  return listing(head, await client.list(["topics", "topics"], where), ({ subscriptions }) => [
    subscriptions.confirmed,
    subscriptions.pending,
  ]);
}

async function streams(client: Client, where: Where): Promise<Listing> {
  const head = ["STREAM", "STATUS", "SHARDS", "RECORDS", "CONSUMERS"];
  return listing(head, await client.list(["streams", "streams"], where), (one) => [
    one.status,
    one.openShardCount,
    one.recordCount,
    one.consumerCount,
  ]);
}

async function functions(client: Client, where: Where): Promise<Listing> {
  const head = ["FUNCTION", "RUNTIME", "HANDLER", "VERSIONS", "EVENT SOURCES"];
  return listing(head, await client.list(["functions", "functions"], where), (one) => [
    one.runtime,
    one.handler,
    one.versionCount,
    one.eventSources.length,
  ]);
}

/** What stands between a thing's name, which comes first, and where it is. */
function listing<T extends Named>(
  head: readonly string[],
  items: readonly T[],
  cells: (one: T) => readonly Cell[],
): Listing {
  return {
    head: [...head, "ACCOUNT", "REGION"],
    rows: items.map((one) => [one.name, ...cells(one), one.account, one.region]),
    items,
  };
}

/** An age in its largest unit but one: `3m 20s`. */
function ageOf(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${whole % 60}s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)}h ${Math.floor((whole % 3600) / 60)}m`;
  return `${Math.floor(whole / 86_400)}d ${Math.floor((whole % 86_400) / 3600)}h`;
}
