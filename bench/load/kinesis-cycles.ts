import type { Cycle } from "./load.ts";

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

/** Five hundred records at once, of so many bytes each. */
export function putManyCycle(stream: string, bytes: number): Cycle {
  const data = dataOf(bytes);
  const records = keyNames(RECORDS_PER_PUT).map((key) => ({ PartitionKey: key, Data: data }));
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

export function keyNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `key-${index}`);
}
