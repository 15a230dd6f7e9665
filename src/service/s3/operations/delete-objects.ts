import { structure } from "../../../model/shape.ts";
import { bodyOf } from "../body.ts";
import { MalformedXml, NoSuchBucket } from "../errors.ts";
import { bucketLabel, bytesBody, s3Operation, xmlBody } from "../operation.ts";
import { readXml, xmlDocument } from "../xml.ts";

/** Deletes objects. API_DeleteObjects. */
export const deleteObjects = s3Operation({
  name: "DeleteObjects",
  input: structure({ Bucket: bucketLabel, Delete: bytesBody }),
  output: structure({ Body: xmlBody }),
  errors: [MalformedXml, NoSuchBucket],
  http: { method: "POST", path: "/{Bucket}?delete" },
  handle({ call, store }, { Bucket, Delete }) {
    const { Object: objects = [], Quiet } = readXml(bodyOf(call, Delete), "Delete");
    const keys = (objects as readonly { readonly Key?: unknown }[]).map(({ Key }) => String(Key));
    store.objects(Bucket);
    for (const key of keys) store.deleteObject(Bucket, key);
    const Deleted = Quiet === "true" ? [] : keys.map((Key) => ({ Key }));
    return { Body: xmlDocument("DeleteResult", { Deleted }) };
  },
});
