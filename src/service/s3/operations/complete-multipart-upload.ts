import { query } from "../../../model/location.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { bodyOf } from "../body.ts";
import { EntityTooSmall, InvalidPart, InvalidPartOrder, MalformedXml, NoSuchUpload } from "../errors.ts";
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
  errors: [EntityTooSmall, InvalidPart, InvalidPartOrder, MalformedXml, NoSuchUpload],
  gaps: ["Checksums of the whole are not compared."],
  http: { method: "POST", path: "/{Bucket}/{Key+}?uploadId" },
  handle({ call, store, now }, { Bucket, Key, UploadId, MultipartUpload }) {
    store.checkUpload(UploadId, Bucket, Key);
    const parts = partsIn(bodyOf(call, MultipartUpload));
    store.checkParts(UploadId, parts);
    const numbers = parts.map(({ number }) => number);
    const { etag } = store.complete(UploadId, numbers, now());
    const Location = `${call.origin}/${Bucket}/${Key}`;
    return { Body: xmlDocument("CompleteMultipartUploadResult", { Location, Bucket, Key, ETag: etag }) };
  },
});

/** Throws MalformedXML unless there are some, each with a number. */
function partsIn(document: Uint8Array): readonly { readonly number: number; readonly etag: string | undefined }[] {
  const { Part = [] } = readXml(document, "CompleteMultipartUpload");
  const parts = (Part as readonly { readonly PartNumber?: unknown; readonly ETag?: unknown }[]).map((part) => ({
    number: Number(part.PartNumber),
    etag: part.ETag === undefined ? undefined : String(part.ETag),
  }));
  if (parts.length === 0 || parts.some(({ number }) => !Number.isInteger(number))) throw new MalformedXml();
  return parts;
}
