import { query } from "../../../model/location.ts";
import { integer, string, structure } from "../../../model/shape.ts";
import { NoSuchBucket } from "../errors.ts";
import { listingOf, listingView, MOST_KEYS, written } from "../listing.ts";
import { bucketLabel, s3Operation, xmlBody } from "../operation.ts";
import { xmlDocument } from "../xml.ts";

/** What a version is called that is the only one. */
const ONLY = "null";

/** Lists objects as versions of themselves. API_ListObjectVersions. */
export const listObjectVersions = s3Operation({
  name: "ListObjectVersions",
  input: structure({
    Bucket: bucketLabel,
    Prefix: query("prefix", string()),
    Delimiter: query("delimiter", string()),
    EncodingType: query("encoding-type", string({ values: ["url"] })),
    MaxKeys: query("max-keys", integer({ min: 0 })),
    KeyMarker: query("key-marker", string()),
    VersionIdMarker: query("version-id-marker", string()),
  }),
  output: structure({ Body: xmlBody }),
  errors: [NoSuchBucket],
  gaps: ["An object has the one version `null`."],
  http: { method: "GET", path: "/{Bucket}?versions" },
  handle({ store }, { Bucket, ...asked }) {
    const { Prefix = "", Delimiter, MaxKeys = MOST_KEYS, KeyMarker = "", VersionIdMarker = "", EncodingType } = asked;
    const listing = listingOf(store.objects(Bucket, { prefix: Prefix, after: KeyMarker }), {
      prefix: Prefix,
      delimiter: Delimiter,
      after: KeyMarker,
      most: Math.min(MaxKeys, MOST_KEYS),
    });
    const { last } = listing;
    const shown = { Name: Bucket, Prefix, Delimiter, KeyMarker, NextKeyMarker: last };
    const texts = Object.entries(shown).map(([name, value]) => [name, written(value, EncodingType)] as const);
    const { Contents, CommonPrefixes } = listingView(listing, EncodingType);
    const facts = {
      ...{ VersionIdMarker, NextVersionIdMarker: last === undefined ? undefined : ONLY },
      ...{ MaxKeys, EncodingType, IsTruncated: last !== undefined },
    };
    const Version = Contents.map((object) => ({ ...object, VersionId: ONLY, IsLatest: true }));
    const content = { ...Object.fromEntries(texts), ...facts, Version, CommonPrefixes };
    return { Body: xmlDocument("ListVersionsResult", content) };
  },
});
