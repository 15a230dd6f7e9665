import type { Call, Run } from "../command.ts";
import type { Cell } from "../output/table.ts";
import type { ResourceKind } from "../resource-kinds.ts";
import { type Found, find } from "../server/find.ts";

/** As many as are worth a look, unless more are wanted. */
const FEW = 10;

interface Looked {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly items: readonly object[];
  /** Said when there is nothing. */
  readonly none: string;
}

const LOOK: Readonly<Record<ResourceKind, (call: Call, found: Found) => Promise<Looked>>> = {
  queue: messagesOf,
  topic: subscriptionsOf,
  stream: recordsOf,
};

/** Shows what is in a queue or a stream, or who gets what a topic publishes, and changes nothing. */
export const run: Run = async (call) => {
  const { words, output } = call;
  const found = await find(call, words[0] ?? "");
  const { head, rows, items, none } = await LOOK[found.kind](call, found);
  if (output.isJson) output.json(items);
  else if (rows.length === 0) output.note(none);
  else output.table(head, rows);
  return 0;
};

const limitOf = ({ flags }: Call): { readonly limit: number } => ({ limit: flags.count("limit") ?? FEW });

async function messagesOf(call: Call, { arn: queue, name }: Found): Promise<Looked> {
  const { client, flags } = call;
  const filter = { state: flags.text("state"), group: flags.text("group"), contains: flags.text("contains") };
  const items = await client.list(["queues/messages", "messages"], { queue, ...filter, ...limitOf(call) } as never);
  return {
    head: ["STATE", "MESSAGE", "SENT", "RECEIVES", "GROUP", "BODY"],
    rows: items.map((one) => [one.state, one.id, one.sentAt, one.receiveCount, one.group, one.body]),
    items,
    none: `${name} holds no such message.`,
  };
}

async function subscriptionsOf(call: Call, { arn: topic, name }: Found): Promise<Looked> {
  const items = await call.client.list(["subscriptions", "subscriptions"], { topic, ...limitOf(call) });
  return {
    head: ["PROTOCOL", "ENDPOINT", "CONFIRMED", "PENDING", "FILTER"],
    rows: items.map((one) => [
      one.protocol,
      one.endpoint,
      one.isConfirmed ? "yes" : "no",
      one.pendingDeliveries,
      one.filter?.sentence,
    ]),
    items,
    none: `${name} has no subscription.`,
  };
}

async function recordsOf(call: Call, { arn: stream, name }: Found): Promise<Looked> {
  const shard = call.flags.text("shard");
  const items = await call.client.list(["streams/records", "records"], { stream, shard, ...limitOf(call) });
  return {
    head: ["SHARD", "SEQUENCE NUMBER", "ARRIVED", "KEY", "DATA"],
    rows: items.map((one) => [one.shardId, one.sequenceNumber, one.arrivedAt, one.partitionKey, one.data]),
    items,
    none: `${name} holds no record.`,
  };
}
