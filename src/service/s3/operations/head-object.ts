import { formatHttpDate } from "../../../kernel/time/iso8601.ts";
import { structure } from "../../../model/shape.ts";
import { NoSuchBucket, NoSuchKey } from "../errors.ts";
import { bucketLabel, bytesBody, keyLabel, objectHeaders, objectHeaderValues, s3Operation } from "../operation.ts";

/** Tells of an object; the server leaves its bytes away, and says how many there are. API_HeadObject. */
export const headObject = s3Operation({
  name: "HeadObject",
  input: structure({ Bucket: bucketLabel, Key: keyLabel }),
  output: structure({ ...objectHeaders, Body: bytesBody }),
  errors: [NoSuchBucket, NoSuchKey],
  http: { method: "HEAD", path: "/{Bucket}/{Key+}" },
  handle({ store }, { Bucket, Key }) {
    const object = store.get(Bucket, Key);
    return { ...objectHeaderValues(object, formatHttpDate), Body: object.bytes };
  },
});
