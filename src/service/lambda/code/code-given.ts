import { createHash } from "node:crypto";
import { isAbsolute } from "node:path";
import type { FunctionCode } from "../../../engine/function/function.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import type { Functions } from "../../../engine/function/functions.ts";
import { type AwsError, told } from "../../../kernel/aws-error.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { LambdaContext } from "../operation.ts";
import { checkZip } from "./zip-check.ts";

/** Code as a request gives it. */
interface GivenCode {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly ImageUri?: string | undefined;
}

/** Code that was found good; the bytes of a zip file are with it until it is kept. */
type FoundCode =
  | { readonly code: Exclude<FunctionCode, { readonly kind: "archive" }> }
  | { readonly sha256: string; readonly zip: Uint8Array };

const LONGEST_URI = 2048;

/** A bucket that stands for this machine's directories; the key is an absolute path. */
const DIRECTORIES = "hot-reload";

/** The code a request means. Throws InvalidParameterValue for none, for too much, and for what cannot be used. */
export async function findCode({ call, sources }: LambdaContext, given: GivenCode): Promise<FoundCode> {
  const { ZipFile, S3Bucket, S3Key, ImageUri } = given;
  const ways = [ZipFile, S3Bucket ?? S3Key, ImageUri].filter((way) => way !== undefined);
  if (ways.length === 0) throw noSource();
  if (ways.length > 1 && ZipFile !== undefined) {
    throw new InvalidParameterValue("Please do not provide other FunctionCode parameters when providing a ZipFile.");
  }
  if (ways.length > 1) {
    throw new InvalidParameterValue("Please provide only one source for function code: S3Bucket or ImageUri.");
  }
  if (ImageUri !== undefined) {
    if (ImageUri.length > LONGEST_URI || !isPrivateImage(ImageUri, call.scope)) {
      throw new InvalidParameterValue(`Source image ${told(ImageUri)} is not valid. Provide a valid source image.`);
    }
    return { code: { kind: "image", uri: ImageUri, sha256: digest(ImageUri, "hex"), bytes: 0 } };
  }
  if (ZipFile !== undefined) return zipped(ZipFile);
  if (S3Bucket === undefined || S3Key === undefined) {
    throw new InvalidParameterValue("S3 Bucket and Key are required for uploading with S3 parameters.");
  }
  if (S3Bucket === DIRECTORIES) return inDirectory(sources, S3Key);
  return zipped(await bytesInS3({ sources, scope: call.scope }, S3Bucket, S3Key));
}

/** AWS: an image lies in a private repository of the function's region. That it is there is not looked up. */
function isPrivateImage(uri: string, { region }: Scope): boolean {
  const [, found] = /^\d{12}\.dkr[.-]ecr\.([a-z0-9-]+)\.[^/]+\/./.exec(uri) ?? [];
  return found === region;
}

/** What is answered when nothing says where the code is. */
export function noSource(): AwsError {
  return new InvalidParameterValue("Please provide a source for function code.");
}

/** Throws InvalidParameterValue for an image in an update of a function from a zip file, and the other way round. */
export function checkUpdatedPackage(packageType: "Image" | "Zip", { ImageUri }: GivenCode): void {
  if (packageType === "Image" && ImageUri === undefined) {
    throw new InvalidParameterValue("Please provide ImageUri when updating a function with packageType Image.");
  }
  if (packageType !== "Image" && ImageUri !== undefined) {
    throw new InvalidParameterValue("Please don't provide ImageUri when updating a function with packageType Zip.");
  }
}

/**
 * Has a command use the code, whose bytes are kept from then on for as long as a version has them. Throws
 * CodeStorageExceeded, and whatever the command throws, after which nothing is kept.
 */
export function withCode<Result>(
  { ids, code: store, functions }: Pick<LambdaContext, "ids" | "code"> & { readonly functions: Functions },
  found: FoundCode,
  command: (code: FunctionCode) => Result,
): Result {
  if ("code" in found) return command(found.code);
  const { sha256, zip } = found;
  const key = ids.uuid();
  const place = { scope: functions.scope, key };
  store.put(place, zip);
  try {
    return command({ kind: "archive", key, sha256, bytes: zip.length });
  } finally {
    if (!functions.usesCode(key)) store.release(place);
  }
}

async function zipped(zip: Uint8Array): Promise<FoundCode> {
  await checkZip(zip);
  return { sha256: digest(zip, "base64"), zip };
}

function inDirectory(sources: LambdaContext["sources"], path: string): FoundCode {
  if (!isAbsolute(path) || !sources.isDirectory(path)) {
    throw new InvalidParameterValue(
      `With the bucket ${DIRECTORIES}, S3Key has to be the absolute path of a directory on the machine of the emulator: ${path}`,
    );
  }
  return { code: { kind: "directory", path, sha256: digest(path, "base64"), bytes: 0 } };
}

async function bytesInS3(
  { sources, scope }: { readonly sources: LambdaContext["sources"]; readonly scope: Scope },
  bucket: string,
  key: string,
): Promise<Uint8Array> {
  const found = await sources.object(scope, { bucket, key });
  if ("bytes" in found) return found.bytes;
  throw new InvalidParameterValue(
    `Error occurred while GetObject. S3 Error Code: ${found.errorCode}. S3 Error Message: ${found.errorMessage}`,
  );
}

function digest(content: Uint8Array | string, encoding: "hex" | "base64"): string {
  return createHash("sha256").update(content).digest(encoding);
}
