import { header } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { BucketAlreadyOwnedByYou, InvalidBucketName } from "../errors.ts";
import { bucketLabel, s3Operation } from "../operation.ts";

/** Makes a bucket. API_CreateBucket. */
export const createBucket = s3Operation({
  name: "CreateBucket",
  input: structure({ Bucket: bucketLabel }),
  output: structure({ Location: header("Location", string()) }),
  errors: [BucketAlreadyOwnedByYou, InvalidBucketName],
  gaps: ["Location and access of the bucket make no difference, nor does what is configured of it later."],
  http: { method: "PUT", path: "/{Bucket}" },
  handle({ call, store, now }, { Bucket }) {
    store.create(Bucket, call.scope.account, now());
    return { Location: `/${Bucket}` };
  },
});
