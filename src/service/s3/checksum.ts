import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Call } from "../service.ts";
import type { Checksum } from "./asset-events.ts";
import { BadDigest, InvalidDigest, InvalidRequest } from "./errors.ts";

/** Algorithms, with what the bytes come to in each; what is not computed is taken at its word. */
const ALGORITHMS: Readonly<Record<string, ((bytes: Uint8Array) => Buffer) | undefined>> = {
  CRC32: (bytes) => inBytes(crc32(bytes)),
  CRC32C: (bytes) => inBytes(crc32c(bytes)),
  CRC64NVME: undefined,
  SHA1: (bytes) => createHash("sha1").update(bytes).digest(),
  SHA256: (bytes) => createHash("sha256").update(bytes).digest(),
};

const MD5_BYTES = 16;
const PREFIX = "x-amz-checksum-";

/** What bytes say they come to, in a header or behind them. Throws BadDigest, InvalidDigest and InvalidRequest when they do not. */
export function checkedSum(
  call: Pick<Call, "header">,
  bytes: Uint8Array,
  trailers: ReadonlyMap<string, string>,
): Checksum | undefined {
  checkMd5(call.header("content-md5"), bytes);
  for (const [name, compute] of Object.entries(ALGORITHMS)) {
    const header = `${PREFIX}${name.toLowerCase()}`;
    const value = trailers.get(header) ?? call.header(header);
    if (value === undefined) continue;
    const computed = compute?.(bytes);
    const isWhole = computed === undefined || Buffer.from(value, "base64").length === computed.length;
    if (!isWhole) throw new InvalidRequest(`Value for ${header} header is invalid.`);
    if (computed !== undefined && computed.toString("base64") !== value) throw new BadDigest(name);
    return { header, value };
  }
  return undefined;
}

function checkMd5(given: string | undefined, bytes: Uint8Array): void {
  if (given === undefined) return;
  const wanted = Buffer.from(given, "base64");
  if (wanted.length !== MD5_BYTES) throw new InvalidDigest();
  if (!createHash("md5").update(bytes).digest().equals(wanted)) throw new BadDigest("Content-MD5");
}

function inBytes(sum: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(sum >>> 0);
  return bytes;
}

/** Castagnoli's polynomial, its bits the other way round. RFC 3720 §12.1 */
const CASTAGNOLI = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let sum = index;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ CASTAGNOLI : sum >>> 1;
  return sum;
});

function crc32c(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (TABLE[(sum ^ byte) & 0xff] as number) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
