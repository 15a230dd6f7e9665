import { formatHttpDate } from "../../../kernel/time/iso8601.ts";
import { structure } from "../../../model/shape.ts";
import { NoSuchBucket, NoSuchKey } from "../errors.ts";
import { bucketLabel, bytesBody, keyLabel, objectHeaders, objectHeaderValues, s3Operation } from "../operation.ts";

/** Gives back the bytes under a key. API_GetObject. */
export const getObject = s3Operation({
  name: "GetObject",
  input: structure({ Bucket: bucketLabel, Key: keyLabel }),
  output: structure({ ...objectHeaders, Body: bytesBody }),
  errors: [NoSuchBucket, NoSuchKey],
  gaps: ["Ranges and conditions make no difference: all bytes are given."],
  http: { method: "GET", path: "/{Bucket}/{Key+}" },
  handle({ store }, { Bucket, Key }) {
    const object = store.get(Bucket, Key);
    return { ...objectHeaderValues(object, formatHttpDate), Body: object.bytes };
  },
});
