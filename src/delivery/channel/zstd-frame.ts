const MAGIC = 0xfd2fb528;
/** A content size of four bytes follows, a window size does not, nor is there a checksum or a dictionary. */
const DESCRIPTOR = 0xa0;
const HEADER_BYTES = 9;
const BLOCK_HEADER_BYTES = 3;
const MAX_BLOCK_BYTES = 128 * 1024;

/**
 * The content as a Zstandard frame, RFC 8878, whose blocks hold it as it is: every reader takes it, though it is no
 * smaller. For Node 20, which has no compressor for it.
 */
export function zstdFrame(content: Uint8Array): Buffer {
  const blocks = Math.max(1, Math.ceil(content.byteLength / MAX_BLOCK_BYTES));
  const frame = Buffer.allocUnsafe(HEADER_BYTES + blocks * BLOCK_HEADER_BYTES + content.byteLength);
  frame.writeUInt32LE(MAGIC, 0);
  frame.writeUInt8(DESCRIPTOR, 4);
  frame.writeUInt32LE(content.byteLength, 5);
  let at = HEADER_BYTES;
  for (let block = 0; block < blocks; block++) {
    const bytes = content.subarray(block * MAX_BLOCK_BYTES, (block + 1) * MAX_BLOCK_BYTES);
    const isLast = block === blocks - 1 ? 1 : 0;
    at = frame.writeUIntLE((bytes.byteLength << 3) | isLast, at, BLOCK_HEADER_BYTES);
    frame.set(bytes, at);
    at += bytes.byteLength;
  }
  return frame;
}
