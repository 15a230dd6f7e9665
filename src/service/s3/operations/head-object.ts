import { structure } from "../../../model/shape.ts";
import { askedObject } from "../asked-object.ts";
import { InvalidRange, NoSuchBucket, NoSuchKey, PreconditionFailed } from "../errors.ts";
import { askedMembers, objectMembers } from "../object-headers.ts";
import { bucketLabel, keyLabel, s3Operation } from "../operation.ts";

/** Tells of an object; the server leaves its bytes away, and says how many there are. API_HeadObject. */
export const headObject = s3Operation({
  name: "HeadObject",
  input: structure({ Bucket: bucketLabel, Key: keyLabel, ...askedMembers }),
  output: structure(objectMembers),
  errors: [InvalidRange, NoSuchBucket, NoSuchKey, PreconditionFailed],
  http: { method: "HEAD", path: "/{Bucket}/{Key+}" },
  handle: ({ store }, { Bucket, Key, ...asked }) => askedObject(store.get(Bucket, Key), asked),
});
