import type { Server } from "../machine/servers.ts";
import { Connection } from "./connection.ts";
import { Destination } from "./destination.ts";
import { dataOf, RECORDS_PER_PUT } from "./kinesis-cycles.ts";
import { kinesisWire } from "./wire.ts";

/** Records to put. */
export interface Stock {
  readonly count: number;
  readonly bytes: number;
}

/** Puts records on a stream, five hundred at a time and one after the other, and gives the number in their middle. */
export async function fillStream(server: Server, stream: string, { count, bytes }: Stock): Promise<string> {
  const connection = await Connection.open(server.port);
  const destination = new Destination(server.port, kinesisWire);
  const data = dataOf(bytes);
  let middle = "";
  for (let from = 0; from < count; from += RECORDS_PER_PUT) {
    const size = Math.min(RECORDS_PER_PUT, count - from);
    const records = Array.from({ length: size }, (_, place) => ({ PartitionKey: `key-${from + place}`, Data: data }));
    const body = JSON.stringify({ StreamName: stream, Records: records });
    const answer = await connection.exchange(destination.requestFor("PutRecords", body));
    if (!answer.body.includes('"FailedRecordCount":0,')) throw new Error("Not every record was accepted.");
    const place = Math.floor(count / 2) - from;
    if (place >= 0 && place < size) middle = sequenceNumbersIn(answer.body)[place]!;
  }
  connection.close();
  return middle;
}

function sequenceNumbersIn(answer: string): readonly string[] {
  return Array.from(answer.matchAll(/"SequenceNumber":"(\d+)"/g), ([, number]) => number!);
}
