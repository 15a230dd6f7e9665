import { query } from "../../../model/location.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { bodyOf } from "../body.ts";
import { InvalidPart, MalformedXml, NoSuchUpload } from "../errors.ts";
import { bucketLabel, bytesBody, keyLabel, s3Operation, xmlBody } from "../operation.ts";
import { readXml, xmlDocument } from "../xml.ts";

/** Makes an object of its parts. API_CompleteMultipartUpload. */
export const completeMultipartUpload = s3Operation({
  name: "CompleteMultipartUpload",
  input: structure({
    Bucket: bucketLabel,
    Key: keyLabel,
    UploadId: required(query("uploadId", string())),
    MultipartUpload: bytesBody,
  }),
  output: structure({ Body: xmlBody }),
  errors: [InvalidPart, MalformedXml, NoSuchUpload],
  http: { method: "POST", path: "/{Bucket}/{Key+}?uploadId" },
  handle({ call, store, now }, { Bucket, Key, UploadId, MultipartUpload }) {
    const { Part = [] } = readXml(bodyOf(call, MultipartUpload), "CompleteMultipartUpload");
    const numbers = (Part as readonly { readonly PartNumber?: unknown }[]).map(({ PartNumber }) => Number(PartNumber));
    const { etag } = store.complete(UploadId, numbers, now());
    const Location = `${call.origin}/${Bucket}/${Key}`;
    return { Body: xmlDocument("CompleteMultipartUploadResult", { Location, Bucket, Key, ETag: etag }) };
  },
});
