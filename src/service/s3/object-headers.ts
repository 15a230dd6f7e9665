import { formatHttpDate } from "../../kernel/time/iso8601.ts";
import { header, prefixHeaders, statusCode } from "../../model/location.ts";
import { map, string, timestamp } from "../../model/shape.ts";
import { MetadataTooLarge, NotImplemented } from "./errors.ts";
import type { StoredObject } from "./kept-objects.ts";
import { bytesBody } from "./operation.ts";

const metadata = prefixHeaders("x-amz-meta-", map(string()));
const contentType = header("Content-Type", string());

/** The headers that are kept with an object and given back with it, beside its content type, by member. */
const KEPT = {
  CacheControl: header("Cache-Control", string()),
  ContentDisposition: header("Content-Disposition", string()),
  ContentEncoding: header("Content-Encoding", string()),
  ContentLanguage: header("Content-Language", string()),
  Expires: header("Expires", string()),
};

/** What is said of an object when it is put. */
export const aboutMembers = {
  ContentType: contentType,
  Metadata: metadata,
  ...KEPT,
  CopySource: header("x-amz-copy-source", string()),
};

interface GivenAbout extends Partial<Readonly<Record<keyof typeof KEPT, string | undefined>>> {
  readonly ContentType?: string | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly CopySource?: string | undefined;
}

/** AWS: what callers keep with an object has two kilobytes at most. */
const MOST_METADATA = 2048;

/** The same as it is kept. Throws MetadataTooLarge, and NotImplemented for copies. */
export function aboutOf(given: GivenAbout): Pick<StoredObject, "contentType" | "metadata" | "headers"> {
  if (given.CopySource !== undefined) throw new NotImplemented();
  const kept = given.Metadata ?? {};
  const size = Object.entries(kept).reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value), 0);
  if (size > MOST_METADATA) throw new MetadataTooLarge();
  const headers = Object.keys(KEPT).flatMap((member) => {
    const text = given[member as keyof typeof KEPT];
    const value = member === "ContentEncoding" ? withoutChunks(text) : text;
    return value === undefined ? [] : [[member, value] as const];
  });
  return { contentType: given.ContentType, metadata: kept, headers: Object.fromEntries(headers) };
}

/** AWS: how the body came is not how the object is encoded. */
function withoutChunks(encoding: string | undefined): string | undefined {
  const parts = (encoding ?? "").split(",").map((part) => part.trim());
  return parts.filter((part) => part !== "" && part !== "aws-chunked").join(",") || undefined;
}

/** What an object is asked for by: a part of it, or only if it is as it was, or has changed. */
export const askedMembers = {
  Range: header("Range", string()),
  IfMatch: header("If-Match", string()),
  IfNoneMatch: header("If-None-Match", string()),
  IfModifiedSince: header("If-Modified-Since", timestamp()),
  IfUnmodifiedSince: header("If-Unmodified-Since", timestamp()),
  ChecksumMode: header("x-amz-checksum-mode", string()),
};

const checksums = prefixHeaders("x-amz-checksum-", map(string()));

/** What is told of an object, and its bytes. */
export const objectMembers = {
  Status: statusCode(),
  ETag: header("ETag", string()),
  ContentType: contentType,
  LastModified: header("Last-Modified", string()),
  AcceptRanges: header("accept-ranges", string()),
  ContentRange: header("Content-Range", string()),
  Metadata: metadata,
  Checksums: checksums,
  ...KEPT,
  Body: bytesBody,
};

/** What is told where an object was put. */
export const putMembers = { ETag: header("ETag", string()), Checksums: checksums };

export function putView({ etag, checksum }: Pick<StoredObject, "etag" | "checksum">) {
  return { ETag: etag, Checksums: checksumMap(checksum) };
}

/** An object as it is told of, with no bytes yet. */
export function objectView({ etag, contentType: type, metadata: kept, headers = {}, changedAt }: StoredObject) {
  return {
    ETag: etag,
    ContentType: type ?? "binary/octet-stream",
    LastModified: formatHttpDate(changedAt),
    AcceptRanges: "bytes",
    Metadata: kept,
    ...headers,
  };
}

export function checksumMap(checksum: StoredObject["checksum"]): Readonly<Record<string, string>> {
  return checksum === undefined ? {} : { [checksum.header.replace("x-amz-checksum-", "")]: checksum.value };
}
