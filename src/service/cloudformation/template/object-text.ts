import { StackError } from "../../../engine/stack/stack-errors.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { bucketInHost } from "../../../kernel/bucket-host.ts";
import type { CloudFormationContext } from "../operation.ts";

/** An object in a bucket of this server. */
interface ObjectPlace {
  readonly Bucket: string;
  readonly Key: string;
}

/** The text of an object that a URL leads to; nothing is fetched from anywhere else. Throws StackError. */
export async function objectText({ call, deployer }: CloudFormationContext, url: string): Promise<string> {
  const place = objectPlace(url, call.origin);
  try {
    const { Body } = (await deployer.deps.operate("s3", "GetObject", place, call.scope)) as {
      readonly Body: Uint8Array;
    };
    return Buffer.from(Body).toString();
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    throw new StackError(`S3 error: ${cause.message}\nFor more information check ${ERRORS_PAGE}`);
  }
}

const ERRORS_PAGE = "http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";

/** Understands URLs of this server and of S3, each with the bucket in the path or in the host. */
function objectPlace(text: string, origin: string): ObjectPlace {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "s3:") {
    throw new StackError(`S3 error: Domain name specified in ${url.host} is not a valid S3 domain`);
  }
  const host = url?.protocol === "http:" || url?.protocol === "https:" ? url.hostname : "";
  const bucket = bucketOf(host, new URL(origin).hostname);
  const [first = "", ...rest] = unescaped(url?.pathname.slice(1) ?? "").split("/");
  const place =
    bucket === "" ? { Bucket: first, Key: rest.join("/") } : { Bucket: bucket, Key: [first, ...rest].join("/") };
  if (bucket === undefined || place.Bucket === undefined || place.Key === "") {
    throw new StackError("TemplateURL must be a supported URL.");
  }
  return { Bucket: place.Bucket, Key: place.Key };
}

/** The path as it was before it was escaped; empty when it never was. */
function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The bucket that a host names; empty when the path does, undefined when the host is nobody's here. */
function bucketOf(host: string, own: string): string | undefined {
  if (host === own || LOOPBACK.test(host)) return "";
  const named = bucketInHost(host);
  if (named !== undefined) return named;
  return host.endsWith(`.${own}`) ? host.slice(0, -own.length - 1) : undefined;
}
