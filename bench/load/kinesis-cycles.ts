import type { Cycle } from "./load.ts";
import { receiptHandles } from "./sqs-cycles.ts";

/** The most one PutRecords takes. */
export const RECORDS_PER_PUT = 500;

/** Data of so many bytes, as JSON has it. */
export function dataOf(bytes: number): string {
  return Buffer.alloc(bytes, "record ").toString("base64");
}

/** One record of 256 bytes after another, with each of the partition keys in turn. */
export function putCycle(stream: string, partitionKeys: readonly string[]): Cycle {
  const data = dataOf(256);
  const bodies = partitionKeys.map((key) => JSON.stringify({ StreamName: stream, PartitionKey: key, Data: data }));
  let put = 0;
  return async (ask) => {
    await ask("PutRecord", bodies[put++ % bodies.length]!);
  };
}

/** Five hundred records at once, of so many bytes each, or as many as is said. */
export function putManyCycle(stream: string, bytes: number, count = RECORDS_PER_PUT): Cycle {
  const data = dataOf(bytes);
  const records = keyNames(count).map((key) => ({ PartitionKey: key, Data: data }));
  const body = JSON.stringify({ StreamName: stream, Records: records });
  return async (ask) => {
    await ask("PutRecords", body);
  };
}

/** Reads so many records, the same ones every time. */
export function readCycle(shardIterator: string, limit: number): Cycle {
  const body = JSON.stringify({ ShardIterator: shardIterator, Limit: limit });
  return async (ask) => {
    await ask("GetRecords", body);
  };
}

/** Receives so many records from a queue and acknowledges them. */
export function queueCycle(queueArn: string, limit: number): Cycle {
  const receive = JSON.stringify({ QueueARN: queueArn, Limit: limit });
  return async (ask) => {
    const handles = receiptHandles((await ask("ReceiveQueueRecords", receive)).body);
    const entries = handles.map((handle) => ({ ReceiptHandle: handle }));
    await ask("AcknowledgeQueueRecords", JSON.stringify({ QueueARN: queueArn, Entries: entries }));
  };
}

/** Puts so many records, receives as many from a queue and acknowledges them. */
export function putAndTakeCycle(stream: string, queueArn: string, count: number): Cycle {
  const put = putManyCycle(stream, 256, count);
  const take = queueCycle(queueArn, count);
  return async (ask) => {
    await put(ask);
    await take(ask);
  };
}

export function keyNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `key-${index}`);
}
