import { structure } from "../../../model/shape.ts";
import { sentBody } from "../body.ts";
import { BadDigest, InvalidDigest, MalformedXml, NoSuchBucket } from "../errors.ts";
import { bucketLabel, bytesBody, s3Operation, xmlBody } from "../operation.ts";
import { readXml, xmlDocument } from "../xml.ts";

/** AWS: so many in one request. */
const MOST_KEYS = 1000;

/** Deletes objects. API_DeleteObjects. */
export const deleteObjects = s3Operation({
  name: "DeleteObjects",
  input: structure({ Bucket: bucketLabel, Delete: bytesBody }),
  output: structure({ Body: xmlBody }),
  errors: [BadDigest, InvalidDigest, MalformedXml, NoSuchBucket],
  http: { method: "POST", path: "/{Bucket}?delete" },
  handle({ call, store }, { Bucket, Delete }) {
    const { Object: objects = [], Quiet } = readXml(sentBody(call, Delete).bytes, "Delete");
    const keys = (objects as readonly { readonly Key?: unknown }[]).map(({ Key }) => Key);
    if (keys.length === 0 || keys.length > MOST_KEYS || !keys.every((key) => typeof key === "string")) {
      throw new MalformedXml();
    }
    store.bucket(Bucket);
    for (const key of keys) store.deleteObject(Bucket, key);
    const Deleted = Quiet === "true" ? [] : keys.map((Key) => ({ Key }));
    return { Body: xmlDocument("DeleteResult", { Deleted }) };
  },
});
