import { InvalidRange, PreconditionFailed } from "./errors.ts";
import type { StoredObject } from "./kept-objects.ts";
import { checksumMap, objectView } from "./object-headers.ts";

/** How an object is asked for. RFC 9110 §13 and §14. */
interface Asked {
  readonly Range?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  /** Epoch milliseconds. */
  readonly IfModifiedSince?: number | undefined;
  readonly IfUnmodifiedSince?: number | undefined;
  readonly ChecksumMode?: string | undefined;
}

/** The object, or the part of it that was asked for. Throws PreconditionFailed and InvalidRange. */
export function askedObject(object: StoredObject, asked: Asked) {
  checkPreconditions(object, asked);
  const view = objectView(object);
  if (isUnchanged(object, asked)) return { Status: 304, ...view };
  const checksums = asked.ChecksumMode === "ENABLED" ? { Checksums: checksumMap(object.checksum) } : {};
  const part = partIn(asked.Range, object.bytes.length);
  if (part === undefined) return { ...view, ...checksums, Body: object.bytes };
  const { first, last } = part;
  return {
    ...view,
    Status: 206,
    ContentRange: `bytes ${first}-${last}/${object.bytes.length}`,
    Body: object.bytes.subarray(first, last + 1),
  };
}

function checkPreconditions(object: StoredObject, { IfMatch, IfUnmodifiedSince }: Asked): void {
  if (IfMatch !== undefined) {
    if (!isNamed(object, IfMatch)) throw new PreconditionFailed();
    return;
  }
  if (IfUnmodifiedSince !== undefined && changedSecond(object) > IfUnmodifiedSince) throw new PreconditionFailed();
}

function isUnchanged(object: StoredObject, { IfNoneMatch, IfModifiedSince }: Asked): boolean {
  if (IfNoneMatch !== undefined) return isNamed(object, IfNoneMatch);
  return IfModifiedSince !== undefined && changedSecond(object) <= IfModifiedSince;
}

/** Throws PreconditionFailed unless what lies under a key, if anything, is what a writer expects there. */
export function checkWrite(
  object: StoredObject | undefined,
  { IfMatch, IfNoneMatch }: Pick<Asked, "IfMatch" | "IfNoneMatch">,
): void {
  const isMatched = object !== undefined && IfMatch !== undefined && isNamed(object, IfMatch);
  const isTaken = object !== undefined && IfNoneMatch !== undefined && isNamed(object, IfNoneMatch);
  if ((IfMatch !== undefined && !isMatched) || isTaken) throw new PreconditionFailed();
}

/** Whether a list of tags has that of the object. */
function isNamed({ etag }: StoredObject, list: string): boolean {
  const tags = list.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.some((tag) => tag === "*" || tag === etag || `"${tag}"` === etag);
}

/** Dates in headers have whole seconds. */
function changedSecond({ changedAt }: StoredObject): number {
  return Math.floor(changedAt / 1000) * 1000;
}

/** The one part that is asked for; undefined for all of it, as for several parts or what is no range. Throws InvalidRange. */
function partIn(
  range: string | undefined,
  size: number,
): { readonly first: number; readonly last: number } | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== "" && to !== "" && Number(to) < first) return undefined;
  if (first >= size || (from === "" && Number(to) === 0)) throw new InvalidRange();
  return { first, last };
}
