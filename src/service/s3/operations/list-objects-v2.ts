import { query } from "../../../model/location.ts";
import { integer, string, structure } from "../../../model/shape.ts";
import { InvalidArgument, NoSuchBucket } from "../errors.ts";
import { listingOf, listingView, MOST_KEYS, written } from "../listing.ts";
import { bucketLabel, s3Operation, xmlBody } from "../operation.ts";
import { xmlDocument } from "../xml.ts";

/** What a token begins with; behind it stands the key, or the prefix, that a page ended with. */
const MARK = "after:";

/** Lists objects by key. API_ListObjectsV2, and API_ListObjects, which comes without a type. */
export const listObjectsV2 = s3Operation({
  name: "ListObjectsV2",
  input: structure({
    Bucket: bucketLabel,
    ListType: query("list-type", string()),
    Prefix: query("prefix", string()),
    Delimiter: query("delimiter", string()),
    EncodingType: query("encoding-type", string({ values: ["url"] })),
    MaxKeys: query("max-keys", integer({ min: 0 })),
    Marker: query("marker", string()),
    StartAfter: query("start-after", string()),
    ContinuationToken: query("continuation-token", string()),
  }),
  output: structure({ Body: xmlBody }),
  errors: [NoSuchBucket],
  http: { method: "GET", path: "/{Bucket}" },
  handle({ store }, { Bucket, ...asked }) {
    const { Prefix = "", Delimiter, MaxKeys = MOST_KEYS, StartAfter = "", Marker = "", EncodingType } = asked;
    const isFirstVersion = asked.ListType === undefined;
    const after = isFirstVersion ? Marker : (lastOf(asked.ContinuationToken) ?? StartAfter);
    const listing = listingOf(store.objects(Bucket, { prefix: Prefix, after }), {
      prefix: Prefix,
      delimiter: Delimiter,
      after,
      most: Math.min(MaxKeys, MOST_KEYS),
    });
    const next = listing.last;
    const paging = isFirstVersion
      ? { Marker, NextMarker: next }
      : {
          KeyCount: listing.objects.length + listing.prefixes.length,
          ContinuationToken: asked.ContinuationToken,
          NextContinuationToken: next === undefined ? undefined : tokenOf(next),
          StartAfter: asked.StartAfter,
        };
    const shown = { Name: Bucket, Prefix, Delimiter, ...paging };
    const facts = { MaxKeys, EncodingType, IsTruncated: next !== undefined };
    const texts = Object.entries(shown).map(([name, value]) => [name, written(value, EncodingType)] as const);
    const content = { ...Object.fromEntries(texts), ...facts, ...listingView(listing, EncodingType) };
    return { Body: xmlDocument("ListBucketResult", content) };
  },
});

function tokenOf(key: string): string {
  return Buffer.from(`${MARK}${key}`).toString("base64url");
}

/** Throws InvalidArgument for a token that nobody gave out. */
function lastOf(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const text = Buffer.from(token, "base64url").toString();
  if (!text.startsWith(MARK)) throw new InvalidArgument("The continuation token provided is incorrect");
  return text.slice(MARK.length);
}
