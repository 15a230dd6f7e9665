import { structure } from "../../../model/shape.ts";
import { NoSuchBucket } from "../errors.ts";
import { bucketLabel, s3Operation, xmlBody } from "../operation.ts";
import { xmlDocument } from "../xml.ts";

/** Tells whether a bucket keeps versions, which none does. API_GetBucketVersioning. */
export const getBucketVersioning = s3Operation({
  name: "GetBucketVersioning",
  input: structure({ Bucket: bucketLabel }),
  output: structure({ Body: xmlBody }),
  errors: [NoSuchBucket],
  http: { method: "GET", path: "/{Bucket}?versioning" },
  handle({ store }, { Bucket }) {
    store.objects(Bucket);
    return { Body: xmlDocument("VersioningConfiguration", {}) };
  },
});
