import type { AwsError, ErrorIdentity } from "../../kernel/aws-error.ts";
import { payload } from "../../model/location.ts";
import { type StructureShape, string, structure } from "../../model/shape.ts";
import { sentBody } from "./body.ts";
import { BadDigest, EntityTooLarge, InvalidDigest, MalformedPolicy, MalformedXml, NoSuchBucket } from "./errors.ts";
import { bucketLabel, bytesBody, type S3Operation, s3Operation, xmlBody } from "./operation.ts";
import { readXml } from "./xml.ts";

/** Something that is configured of buckets, kept as it is sent, and given back. */
interface Configuration {
  /** Its name in the query string. */
  readonly query: string;
  /** The member that holds it. */
  readonly member: string;
  /** The root of its document; it is JSON when there is none. */
  readonly root?: string;
  /** What is answered while it is not configured. */
  readonly absent: string | (ErrorIdentity & (new () => AwsError));
  readonly gaps?: readonly string[];
}

/** AWS: of a policy, the longest of them. */
const MOST_POLICY_BYTES = 20_480;
const MOST_BYTES = 64 * 1024;

/** The operation that configures it. */
export function putConfiguration(name: string, configuration: Configuration, status?: 204): S3Operation {
  const { query, member, gaps } = configuration;
  return s3Operation({
    name,
    input: structure({ Bucket: bucketLabel, [member]: bytesBody }),
    errors: [BadDigest, EntityTooLarge, InvalidDigest, MalformedPolicy, MalformedXml, NoSuchBucket],
    gaps: gaps ?? ["It is kept and makes no difference."],
    http: { method: "PUT", path: `/{Bucket}?${query}`, ...(status !== undefined && { status }) },
    handle({ call, store }, given) {
      const { Bucket, [member]: body } = given as Readonly<Record<string, unknown>>;
      store.configure(String(Bucket), query, textOf(configuration, sentBody(call, body as Uint8Array).bytes));
    },
  });
}

/** The operation that tells how it is configured. */
export function getConfiguration(name: string, { query, root, absent }: Configuration): S3Operation {
  const isAnswered = typeof absent === "string";
  const output: StructureShape = structure({ Body: root === undefined ? jsonBody : xmlBody });
  return s3Operation({
    name,
    input: structure({ Bucket: bucketLabel }),
    output,
    errors: isAnswered ? [NoSuchBucket] : [NoSuchBucket, absent],
    http: { method: "GET", path: `/{Bucket}?${query}` },
    handle({ store }, { Bucket }) {
      const Body = store.configuration(Bucket, query);
      if (Body !== undefined) return { Body };
      if (!isAnswered) throw new absent();
      return { Body: absent };
    },
  });
}

/** The operation that takes it away. */
export function deleteConfiguration(name: string, { query }: Configuration): S3Operation {
  return s3Operation({
    name,
    input: structure({ Bucket: bucketLabel }),
    errors: [NoSuchBucket],
    http: { method: "DELETE", path: `/{Bucket}?${query}`, status: 204 },
    handle: ({ store }, { Bucket }) => store.configure(Bucket, query, undefined),
  });
}

const jsonBody = payload(string({ mediaType: "application/json" }));

/** Throws MalformedXML, or MalformedPolicy, for what is no such document. */
function textOf({ root }: Configuration, bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  if (root !== undefined) {
    if (bytes.length > MOST_BYTES) throw new MalformedXml();
    readXml(bytes, root);
    return text;
  }
  if (bytes.length > MOST_POLICY_BYTES || !isJsonObject(text)) throw new MalformedPolicy();
  return text;
}

function isJsonObject(text: string): boolean {
  try {
    return text.startsWith("{") && typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
