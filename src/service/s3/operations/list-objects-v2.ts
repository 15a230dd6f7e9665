import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import { query } from "../../../model/location.ts";
import { integer, string, structure } from "../../../model/shape.ts";
import { pageOf } from "../../page.ts";
import { InvalidArgument, NoSuchBucket } from "../errors.ts";
import { bucketLabel, s3Operation, xmlBody } from "../operation.ts";
import { xmlDocument } from "../xml.ts";

const MOST_KEYS = 1000;

/** Lists objects by key. API_ListObjectsV2; the version before is answered in the same way. */
export const listObjectsV2 = s3Operation({
  name: "ListObjectsV2",
  input: structure({
    Bucket: bucketLabel,
    Prefix: query("prefix", string()),
    MaxKeys: query("max-keys", integer({ min: 0 })),
    StartAfter: query("start-after", string()),
    ContinuationToken: query("continuation-token", string()),
  }),
  output: structure({ Body: xmlBody }),
  errors: [NoSuchBucket],
  gaps: ["Delimiters make no difference."],
  http: { method: "GET", path: "/{Bucket}" },
  handle({ store }, { Bucket, Prefix = "", MaxKeys = MOST_KEYS, StartAfter = "", ContinuationToken: token }) {
    const all = store.objects(Bucket).filter(({ key }) => key.startsWith(Prefix) && key > StartAfter);
    const maxCount = Math.min(MaxKeys, MOST_KEYS);
    const after = (last: string) => all.filter(({ key }) => key > last);
    const page = maxCount === 0 ? NO_PAGE : pageOf(after, { keyOf: ({ key }) => key, mark: "after:", token, maxCount });
    if (page === undefined) throw new InvalidArgument("The continuation token provided is incorrect");
    const Contents = page.items.map(({ key, etag, bytes, changedAt }) => ({
      ...{ Key: key, LastModified: formatIso8601(changedAt), ETag: etag, Size: bytes.length, StorageClass: "STANDARD" },
    }));
    return {
      Body: xmlDocument("ListBucketResult", {
        ...{ Name: Bucket, Prefix, MaxKeys, KeyCount: Contents.length, IsTruncated: page.nextToken !== undefined },
        ...{ NextContinuationToken: page.nextToken, Contents },
      }),
    };
  },
});

const NO_PAGE = { items: [], nextToken: undefined };
