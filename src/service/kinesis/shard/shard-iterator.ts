import { crc32 } from "node:zlib";
import type { Position } from "../../../engine/stream/shard/record-log.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { scopeOf } from "../../../kernel/scope.ts";

/**
 * Shard iterators as text: base64 of
 *
 *     0000000000000001 | issued, 6 | stream's id, 16 | shard, 4 | position, 8 | serial, 4 | account, 6
 *     | region's length, 1 | region | name's length, 1 | name | filler | check sum, 4
 *
 * They are opaque to clients, but as long as those of AWS and begin with the same `AAAAAAAAAAE`, so that what has to
 * store them is tried with the real thing. AWS: observed; the length follows from that of the stream's name. The serial
 * makes each one another text, also where position and time are those of the one before.
 */
const HEADER = Buffer.from("0000000000000001", "hex");
const ISSUED_AT = 8;
const STREAM_AT = 14;
const SHARD_AT = 30;
const POSITION_AT = 34;
const SERIAL_AT = 42;
const ACCOUNT_AT = 46;
const REGION_AT = 52;
const SUM_BYTES = 4;
/** Bytes of an iterator of AWS's beside the name, which is rounded up with them to blocks of sixteen. */
const BYTES_BESIDE_NAME = 130;
const SHORTEST_BYTES = 152;
const ACCOUNT_DIGITS = 12;

/** A place in a shard, as it was when somebody asked for it. */
interface ShardIterator {
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  readonly streamId: string;
  readonly streamName: string;
  readonly scope: Scope;
  readonly shardIndex: number;
  readonly position: Position;
}

/** The last iterator of each stream, of which the next one keeps all that is the same. */
const latest = new WeakMap<Stream, Buffer>();

/** Writes an iterator, another one each time. */
export function formatShardIterator(
  stream: Stream,
  { shardIndex, position, issuedAt }: Pick<ShardIterator, "shardIndex" | "position" | "issuedAt">,
): string {
  const bytes = latestOf(stream);
  bytes.writeUIntBE(issuedAt, ISSUED_AT, 6);
  bytes.writeUInt32BE(shardIndex, SHARD_AT);
  bytes.writeDoubleBE(position, POSITION_AT);
  bytes.writeUInt32BE((bytes.readUInt32BE(SERIAL_AT) + 1) >>> 0, SERIAL_AT);
  const sumAt = bytes.length - SUM_BYTES;
  bytes.writeUInt32BE(crc32(bytes.subarray(0, sumAt)), sumAt);
  return bytes.toString("base64");
}

/** What the text says, or undefined when it is no iterator. */
export function readShardIterator(text: string): ShardIterator | undefined {
  const bytes = Buffer.from(unquoted(text), "base64");
  const sumAt = bytes.length - SUM_BYTES;
  if (bytes.length < SHORTEST_BYTES || bytes.toString("base64") !== unquoted(text)) return undefined;
  if (HEADER.compare(bytes, 0, HEADER.length) !== 0) return undefined;
  if (crc32(bytes.subarray(0, sumAt)) !== bytes.readUInt32BE(sumAt)) return undefined;
  const nameAt = REGION_AT + 1 + (bytes[REGION_AT] ?? 0);
  const account = String(bytes.readUIntBE(ACCOUNT_AT, 6)).padStart(ACCOUNT_DIGITS, "0");
  return {
    issuedAt: bytes.readUIntBE(ISSUED_AT, 6),
    streamId: uuidText(bytes.subarray(STREAM_AT, SHARD_AT)),
    shardIndex: bytes.readUInt32BE(SHARD_AT),
    position: bytes.readDoubleBE(POSITION_AT),
    scope: scopeOf(account, textAt(bytes, REGION_AT)),
    streamName: textAt(bytes, nameAt),
  };
}

/** Whoever copies an iterator from a terminal may have copied the quotes around it. */
function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

function latestOf(stream: Stream): Buffer {
  let bytes = latest.get(stream);
  if (bytes === undefined) {
    bytes = blankOf(stream);
    latest.set(stream, bytes);
  }
  return bytes;
}

function blankOf({ id, name, scope }: Stream): Buffer {
  const blocks = Math.floor((BYTES_BESIDE_NAME + name.length) / 16) + 1;
  const bytes = Buffer.alloc(HEADER.length + 16 * blocks);
  bytes.set(HEADER);
  bytes.write(id.replaceAll("-", ""), STREAM_AT, "hex");
  bytes.writeUIntBE(Number(scope.account), ACCOUNT_AT, 6);
  const nameAt = writeText(bytes, scope.region, REGION_AT);
  writeText(bytes, name, nameAt);
  return bytes;
}

/** Yields where the text ends. */
function writeText(bytes: Buffer, text: string, at: number): number {
  bytes[at] = text.length;
  return at + 1 + bytes.write(text, at + 1, "latin1");
}

function textAt(bytes: Buffer, at: number): string {
  return bytes.toString("latin1", at + 1, at + 1 + (bytes[at] ?? 0));
}

function uuidText(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
