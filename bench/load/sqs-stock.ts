import type { Server } from "../machine/servers.ts";
import { Connection } from "./connection.ts";
import { Destination } from "./destination.ts";
import { fifoMessage, MESSAGE_BODY, receiptHandles } from "./sqs-cycles.ts";
import { sqsWire } from "./wire.ts";

const BATCH = 10;
const CONNECTIONS = 16;
/** The longest visibility timeout there is, so that nothing comes back while we measure. */
const TWELVE_HOURS = 43_200;

/** Puts so many messages on a queue, no two of the same body. */
export function fill(server: Server, queueUrl: string, count: number): Promise<void> {
  return sendAll(server, { queueUrl, count, messageAt: (index) => ({ MessageBody: distinctBody(index) }) });
}

/** Puts a message of each group on a FIFO queue. */
export function fillGroups(server: Server, queueUrl: string, groups: readonly string[]): Promise<void> {
  const messageAt = (index: number): object => fifoMessage(groups[index]!, `stock-${index}`);
  return sendAll(server, { queueUrl, count: groups.length, messageAt });
}

/** Receives so many messages and keeps them in flight. */
export async function takeIntoFlight(server: Server, queueUrl: string, count: number): Promise<void> {
  const destination = new Destination(server.port, sqsWire);
  await eachBatch(server, count, async (connection, { size }) => {
    const input = { QueueUrl: queueUrl, MaxNumberOfMessages: size, VisibilityTimeout: TWELVE_HOURS };
    const { body } = await connection.exchange(destination.requestFor("ReceiveMessage", JSON.stringify(input)));
    if (receiptHandles(body).length < size) throw new Error(`A receive found fewer than ${size} messages.`);
  });
}

interface Stock {
  readonly queueUrl: string;
  readonly count: number;
  readonly messageAt: (index: number) => object;
}

async function sendAll(server: Server, { queueUrl, count, messageAt }: Stock): Promise<void> {
  const destination = new Destination(server.port, sqsWire);
  await eachBatch(server, count, async (connection, { from, size }) => {
    const entries = Array.from({ length: size }, (_, place) => ({ Id: String(place), ...messageAt(from + place) }));
    const input = JSON.stringify({ QueueUrl: queueUrl, Entries: entries });
    const { body } = await connection.exchange(destination.requestFor("SendMessageBatch", input));
    if (body.includes('"SenderFault"')) throw new Error(`Not every message was accepted: ${body}`);
  });
}

interface Batch {
  readonly from: number;
  readonly size: number;
}

/** Works through `count` in tens, on several connections at once. */
async function eachBatch(
  server: Server,
  count: number,
  work: (connection: Connection, batch: Batch) => Promise<void>,
): Promise<void> {
  const connections = await Connection.openMany(server.port, CONNECTIONS);
  let next = 0;
  const drain = async (connection: Connection): Promise<void> => {
    while (next < count) {
      const from = next;
      next += BATCH;
      await work(connection, { from, size: Math.min(BATCH, count - from) });
    }
  };
  await Promise.all(connections.map(drain));
  for (const connection of connections) connection.close();
}

function distinctBody(index: number): string {
  return `${index}-`.padEnd(MESSAGE_BODY.length, MESSAGE_BODY);
}
