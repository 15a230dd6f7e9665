import { structure } from "../../../model/shape.ts";
import { BucketNotEmpty, NoSuchBucket } from "../errors.ts";
import { bucketLabel, s3Operation } from "../operation.ts";

/** Deletes a bucket in which there is nothing. API_DeleteBucket. */
export const deleteBucket = s3Operation({
  name: "DeleteBucket",
  input: structure({ Bucket: bucketLabel }),
  errors: [BucketNotEmpty, NoSuchBucket],
  http: { method: "DELETE", path: "/{Bucket}", status: 204 },
  handle: ({ store }, { Bucket }) => store.delete(Bucket),
});
