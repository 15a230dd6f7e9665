import { crc32 } from "node:zlib";
import type { QueueReceipt } from "../../../engine/stream/queue/queue-receipt.ts";
import type { StreamQueue } from "../../../engine/stream/queue/stream-queue.ts";

/**
 * Receipt handles as text: base64url of
 *
 *     shard, 4 | index, 6 | attempt, 4 | dead letter, 1 | check sum over these and the queue's id, 4
 *
 * The sum tells a slip of the pen, or a handle of another queue, from a handle; it is no protection against forgers.
 */
const SUM_AT = 15;
const BYTES = 19;
const LENGTH = 26;
const bytes = Buffer.alloc(BYTES);

export function formatReceiptHandle(queue: StreamQueue, { shard, index, attempt, isDead }: QueueReceipt): string {
  bytes.writeUInt32BE(shard, 0);
  bytes.writeUIntBE(index, 4, 6);
  bytes.writeUInt32BE(attempt, 10);
  bytes.writeUInt8(Number(isDead), 14);
  bytes.writeUInt32BE(sumFor(queue), SUM_AT);
  return bytes.toString("base64url");
}

/** What a handle says, or undefined when it is none of that queue. */
export function readReceiptHandle(queue: StreamQueue, text: string): QueueReceipt | undefined {
  if (text.length !== LENGTH || bytes.write(text, "base64url") !== BYTES) return undefined;
  if (bytes.readUInt32BE(SUM_AT) !== sumFor(queue) || bytes.toString("base64url") !== text) return undefined;
  return {
    shard: bytes.readUInt32BE(0),
    index: bytes.readUIntBE(4, 6),
    attempt: bytes.readUInt32BE(10),
    isDead: bytes.readUInt8(14) === 1,
  };
}

function sumFor({ identity }: StreamQueue): number {
  return crc32(bytes.subarray(0, SUM_AT), crc32(identity.id));
}
