import { structure } from "../../../model/shape.ts";
import { askedObject } from "../asked-object.ts";
import { InvalidRange, NoSuchBucket, NoSuchKey, PreconditionFailed } from "../errors.ts";
import { askedMembers, objectMembers } from "../object-headers.ts";
import { bucketLabel, keyLabel, s3Operation } from "../operation.ts";

/** Gives back the bytes under a key, or a part of them. API_GetObject. */
export const getObject = s3Operation({
  name: "GetObject",
  input: structure({ Bucket: bucketLabel, Key: keyLabel, ...askedMembers }),
  output: structure(objectMembers),
  errors: [InvalidRange, NoSuchBucket, NoSuchKey, PreconditionFailed],
  gaps: ["Parts by number and headers that the request wants otherwise make no difference."],
  http: { method: "GET", path: "/{Bucket}/{Key+}" },
  handle: ({ store }, { Bucket, Key, ...asked }) => askedObject(store.get(Bucket, Key), asked),
});
