import { structure } from "../../../model/shape.ts";
import { NoSuchBucket } from "../errors.ts";
import { bucketLabel, keyLabel, s3Operation } from "../operation.ts";

/** Deletes what lies under a key, if anything does. API_DeleteObject. */
export const deleteObject = s3Operation({
  name: "DeleteObject",
  input: structure({ Bucket: bucketLabel, Key: keyLabel }),
  errors: [NoSuchBucket],
  http: { method: "DELETE", path: "/{Bucket}/{Key+}", status: 204 },
  handle: ({ store }, { Bucket, Key }) => store.deleteObject(Bucket, Key),
});
