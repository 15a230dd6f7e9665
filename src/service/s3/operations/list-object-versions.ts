import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import { query } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { NoSuchBucket } from "../errors.ts";
import { bucketLabel, s3Operation, xmlBody } from "../operation.ts";
import { xmlDocument } from "../xml.ts";

/** Lists objects as versions of themselves. API_ListObjectVersions. */
export const listObjectVersions = s3Operation({
  name: "ListObjectVersions",
  input: structure({ Bucket: bucketLabel, Prefix: query("prefix", string()) }),
  output: structure({ Body: xmlBody }),
  errors: [NoSuchBucket],
  gaps: ["An object has the one version `null`, and all of them are on one page."],
  http: { method: "GET", path: "/{Bucket}?versions" },
  handle({ store }, { Bucket, Prefix = "" }) {
    const found = store.objects(Bucket).filter(({ key }) => key.startsWith(Prefix));
    const Version = found.map(({ key, etag, bytes, changedAt }) => ({
      ...{ Key: key, VersionId: "null", IsLatest: true, LastModified: formatIso8601(changedAt), ETag: etag },
      ...{ Size: bytes.length, StorageClass: "STANDARD" },
    }));
    return { Body: xmlDocument("ListVersionsResult", { Name: Bucket, Prefix, IsTruncated: false, Version }) };
  },
});
