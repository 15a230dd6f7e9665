import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import type { StoredObject } from "./kept-objects.ts";

/** AWS: so many on a page. */
export const MOST_KEYS = 1000;

/** Which objects are listed, and how. */
interface Wanted {
  readonly prefix: string;
  /** Keys that go on behind it are told of by what comes before. */
  readonly delimiter: string | undefined;
  /** The key, or the common prefix, that was listed last. */
  readonly after: string;
  readonly most: number;
}

interface Listing {
  readonly objects: readonly StoredObject[];
  /** What keys have in common up to the delimiter. */
  readonly prefixes: readonly string[];
  /** What was listed last, if there is more. */
  readonly last: string | undefined;
}

/** A page of objects that come by key, from behind where it begins. Costs what it has, and what lies behind its common prefixes. */
export function listingOf(all: Iterable<StoredObject>, { prefix, delimiter, after, most }: Wanted): Listing {
  const objects: StoredObject[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  for (const object of all) {
    const { key } = object;
    if (!key.startsWith(prefix)) continue;
    const common = commonPrefix(key, prefix, delimiter);
    const name = common ?? key;
    if (name <= after || name === last) continue;
    if (objects.length + prefixes.length >= most) return { objects, prefixes, last: most === 0 ? undefined : last };
    last = name;
    if (common === undefined) objects.push(object);
    else prefixes.push(common);
  }
  return { objects, prefixes, last: undefined };
}

function commonPrefix(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (delimiter === undefined || delimiter === "") return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

/** The objects and prefixes of a page as its document has them. */
export function listingView({ objects, prefixes }: Listing, encoding: string | undefined) {
  return {
    Contents: objects.map(({ key, etag, bytes, changedAt }) => ({
      ...{ Key: written(key, encoding), LastModified: formatIso8601(changedAt), ETag: etag },
      ...{ Size: bytes.length, StorageClass: "STANDARD" },
    })),
    CommonPrefixes: prefixes.map((prefix) => ({ Prefix: written(prefix, encoding) })),
  };
}

/** A text as it is, or for those who cannot read every character in XML, as it stands in URLs. AWS: slashes stay. */
export function written<T>(text: T, encoding: string | undefined): T | string {
  return encoding === "url" && typeof text === "string" ? encodeURIComponent(text).replaceAll("%2F", "/") : text;
}
