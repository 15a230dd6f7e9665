import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { BucketStorage } from "../../engine/stream/channel.ts";
import { zstdFrame } from "./zstd-frame.ts";

type Compression = BucketStorage["compression"];

/** What names of objects end in, unless their template says. */
export const extensions: Readonly<Record<Compression, string>> = { NONE: "", GZIP: ".gz", ZSTD: ".zst" };

const gzipped = promisify(gzip);

/** GAP: Zstandard makes nothing smaller. */
export async function compress(content: Uint8Array, compression: Compression): Promise<Uint8Array> {
  switch (compression) {
    case "NONE":
      return content;
    case "GZIP":
      return gzipped(content);
    case "ZSTD":
      return zstdFrame(content);
  }
}
