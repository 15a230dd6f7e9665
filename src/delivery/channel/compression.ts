import { promisify } from "node:util";
import * as zlib from "node:zlib";
import type { BucketStorage } from "../../engine/stream/channel/channel.ts";
import { zstdFrame } from "./zstd-frame.ts";

type Compression = BucketStorage["compression"];

/** What names of objects end in, unless their template says. */
export const extensions: Readonly<Record<Compression, string>> = { NONE: "", GZIP: ".gz", ZSTD: ".zst" };

const gzipped = promisify(zlib.gzip);

type Compress = (content: Uint8Array) => Promise<Uint8Array>;
/** Node's compressor, from 22.15 on; the types are those of Node 20. */
const { zstdCompress } = zlib as { zstdCompress?: typeof zlib.gzip };
/** GAP: on Node 20, Zstandard makes nothing smaller. */
const zstdCompressed: Compress =
  zstdCompress === undefined ? async (content) => zstdFrame(content) : promisify<Uint8Array, Uint8Array>(zstdCompress);

export async function compress(content: Uint8Array, compression: Compression): Promise<Uint8Array> {
  switch (compression) {
    case "NONE":
      return content;
    case "GZIP":
      return gzipped(content);
    case "ZSTD":
      return zstdCompressed(content);
  }
}
