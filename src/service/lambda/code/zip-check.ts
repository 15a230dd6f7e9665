import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import { ZipError, zipEntries } from "../../../kernel/load/zip-file.ts";
import { RequestEntityTooLarge } from "../errors.ts";

/** AWS: quotas, Lambda developer guide. */
export const MOST_ZIPPED = 52_428_800;
export const MOST_UNZIPPED = 262_144_000;

/** Throws InvalidParameterValue for what does not unzip, or unzips to too much. Inflates all of it once, and keeps nothing. */
export async function checkZip(bytes: Uint8Array): Promise<void> {
  if (bytes.length >= MOST_ZIPPED) {
    throw new RequestEntityTooLarge(`Zipped size must be smaller than ${MOST_ZIPPED} bytes`);
  }
  let unzipped = 0;
  try {
    for await (const entry of zipEntries(bytes)) {
      for await (const part of entry.bytes()) {
        unzipped += part.length;
        if (unzipped >= MOST_UNZIPPED) throw tooMuch();
      }
    }
  } catch (cause) {
    throw cause instanceof ZipError ? notUnzipped() : cause;
  }
}

function tooMuch() {
  return new InvalidParameterValue(`Unzipped size must be smaller than ${MOST_UNZIPPED} bytes`);
}

function notUnzipped() {
  return new InvalidParameterValue("Could not unzip uploaded file. Please check your file, then try to upload again.");
}
