import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import { structure } from "../../../model/shape.ts";
import { s3Operation, xmlBody } from "../operation.ts";
import { xmlDocument } from "../xml.ts";

/** Lists the caller's buckets. API_ListBuckets. */
export const listBuckets = s3Operation({
  name: "ListBuckets",
  input: structure({}),
  output: structure({ Body: xmlBody }),
  errors: [],
  http: { method: "GET", path: "/" },
  handle({ call, store }) {
    const { account } = call.scope;
    const Bucket = store
      .buckets(account)
      .map(({ name, createdAt }) => ({ Name: name, CreationDate: formatIso8601(createdAt) }));
    return { Body: xmlDocument("ListAllMyBucketsResult", { Owner: { ID: account }, Buckets: { Bucket } }) };
  },
});
