import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { latePackage } from "./late-package.ts";

/** A file of a zip file. Folders are no files. */
interface ZipEntry {
  /** Relative, with slashes, and never leading out of the folder it is put in. */
  readonly path: string;
  /** Type and permissions, as Unix has them; 0 when whoever made the file did not say. */
  readonly mode: number;
  /** Its bytes; the next entry comes when they have been read, or are not wanted. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** What is no zip file, or not a good one; the text says why. */
export class ZipError extends Error {}

/** An entry takes time, however small. */
const MOST_ENTRIES = 100_000;

/**
 * The files of a zip file, one after the other. Throws ZipError for what is none, for a file whose path leads out of the
 * folder it is put in, for one with more or fewer bytes than it says or with others than its checksum is of, and for one
 * that is encrypted. Inflates as it is read, off the event loop.
 */
export async function* zipEntries(bytes: Uint8Array): AsyncGenerator<ZipEntry, void, void> {
  const { fromBufferPromise } = latePackage("yauzl", (loaded: typeof import("yauzl")) => loaded);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const zip = await orZipError(fromBufferPromise(buffer));
  if (zip.entryCount > MOST_ENTRIES) throw new ZipError(`a zip file of ${zip.entryCount} entries`);
  const entries = zip.eachEntry()[Symbol.asyncIterator]();
  for (;;) {
    const { done, value: entry } = await orZipError(entries.next());
    if (done === true) return;
    if (entry.fileName.endsWith("/")) continue;
    const open = () => zip.openReadStreamPromise(entry);
    yield {
      path: entry.fileName,
      mode: entry.externalFileAttributes >>> 16,
      bytes: () => checked(chunks(open), entry),
    };
  }
}

/** The bytes of a file. Throws ZipError behind the last of them when their checksum is another. */
async function* checked(
  parts: AsyncIterable<Uint8Array>,
  file: { readonly fileName: string; readonly crc32: number },
): AsyncGenerator<Uint8Array, void, void> {
  let sum = 0;
  for await (const part of parts) {
    sum = crc32(part, sum);
    yield part;
  }
  if (sum !== file.crc32) throw new ZipError(`the checksum of ${file.fileName} is wrong`);
}

async function* chunks(open: () => Promise<Readable>): AsyncGenerator<Uint8Array, void, void> {
  const stream = await orZipError(open());
  const parts = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await orZipError(parts.next());
      if (done === true) return;
      yield value as Uint8Array;
    }
  } finally {
    stream.destroy();
  }
}

async function orZipError<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (cause) {
    throw new ZipError(cause instanceof Error ? cause.message : String(cause));
  }
}
