import { formatArn } from "../../kernel/arn.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { scopeOf } from "../../kernel/scope.ts";

/** What can happen to buckets and what lies in them, as plain data. Of what nobody asks for the instant, `at` is 0. */
export type AssetEvent = { readonly at: number } & (
  | { readonly type: "bucketCreated"; readonly region: string }
  | { readonly type: "bucketConfigured"; readonly of: string; readonly text?: string | undefined }
  | { readonly type: "bucketDeleted" }
  /** Bytes, in base64, of the object or the part that the next event is about which is none of these. */
  | { readonly type: "bytesKept"; readonly data: string }
  | ({ readonly type: "objectPut" } & ObjectFacts)
  | { readonly type: "objectDeleted"; readonly key: string }
  | ({ readonly type: "uploadBegun"; readonly upload: string } & About)
  | { readonly type: "partPut"; readonly upload: string; readonly number: number }
  | { readonly type: "uploadCompleted"; readonly upload: string; readonly numbers: readonly number[] }
  | { readonly type: "uploadAborted"; readonly upload: string }
);

/** What callers say of an object. */
export interface About {
  readonly key: string;
  readonly contentType?: string | undefined;
  /** What callers keep with it, by name. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Other headers that are given back with it, by name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What its uploader says the bytes come to, and by which algorithm. */
  readonly checksum?: Checksum | undefined;
}

/** What bytes come to, as the header of that name has it. */
export interface Checksum {
  /** `x-amz-checksum-crc32`. */
  readonly header: string;
  readonly value: string;
}

interface ObjectFacts extends About {
  /** In quotes. */
  readonly etag: string;
}

/** So many bytes are in one event, so that a line of a document stays one that editors open. */
const PIECE_BYTES = 768 * 1024;

/** Hears what happens, of whichever account. Never throws. */
export type AssetListener = (account: string, entry: Entry<AssetEvent>) => void;

/** The resource of entries about a bucket. Unlike its ARN it says whose it is. */
export function bucketResource(account: string, name: string): string {
  return formatArn("s3", scopeOf(account, ""), name);
}

/** The events that hold the bytes. */
export function* piecesOf(bytes: Uint8Array): Generator<AssetEvent, void, void> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start < all.length; start += PIECE_BYTES) {
    yield { type: "bytesKept", at: 0, data: all.toString("base64", start, start + PIECE_BYTES) };
  }
}
