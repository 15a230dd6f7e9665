import { header } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { NoSuchBucket } from "../errors.ts";
import { bucketLabel, s3Operation } from "../operation.ts";

/** Tells whether there is such a bucket. API_HeadBucket. */
export const headBucket = s3Operation({
  name: "HeadBucket",
  input: structure({ Bucket: bucketLabel }),
  output: structure({ BucketRegion: header("x-amz-bucket-region", string()) }),
  errors: [NoSuchBucket],
  http: { method: "HEAD", path: "/{Bucket}" },
  handle: ({ store }, { Bucket }) => ({ BucketRegion: store.bucket(Bucket).region }),
});
