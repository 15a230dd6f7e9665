import fc from "fast-check";
import { expect, test } from "vitest";
import { ZipError, zipEntries } from "../../../src/kernel/load/zip-file.ts";
import { zipOf } from "../../support/zip.ts";

async function filesOf(bytes: Uint8Array) {
  const files: { path: string; mode: number; content: string }[] = [];
  for await (const { path, mode, bytes: parts } of zipEntries(bytes)) {
    const pieces: Uint8Array[] = [];
    for await (const part of parts()) pieces.push(part);
    files.push({ path, mode, content: Buffer.concat(pieces).toString() });
  }
  return files;
}

test("the files of a zip file come with their paths, modes and bytes, folders do not", async () => {
  const zip = zipOf([
    { name: "lib/", content: "" },
    { name: "lib/a.js", content: "a".repeat(100_000) },
    { name: "bootstrap", content: "#!", mode: 0o100755 },
    { name: "empty", content: "" },
  ]);
  expect(await filesOf(zip)).toEqual([
    { path: "lib/a.js", mode: 0o100644, content: "a".repeat(100_000) },
    { path: "bootstrap", mode: 0o100755, content: "#!" },
    { path: "empty", mode: 0o100644, content: "" },
  ]);
});

test.for([
  ["a path that leads out of the folder", zipOf([{ name: "a/../../b", content: "" }]), "invalid relative path"],
  ["an absolute path", zipOf([{ name: "/etc/passwd", content: "" }]), "absolute path"],
  ["a path of Windows that leads out", zipOf([{ name: "..\\b", content: "" }]), "invalid relative path"],
  ["a file that is larger than it says", zipOf([{ name: "bomb", content: "0".repeat(1e6), claims: 9 }]), "too many"],
  ["a file that is smaller than it says", zipOf([{ name: "a", content: "0", claims: 9 }]), "not enough bytes"],
  ["a file that was damaged", zipOf([{ name: "a", content: "0", checksum: 1 }]), "the checksum of a is wrong"],
  ["a file that is encrypted", zipOf([{ name: "a", content: "0", isEncrypted: true }]), "encrypted"],
  ["what is no zip file", Buffer.from("hello"), "End of central directory"],
  ["nothing", new Uint8Array(), "End of central directory"],
] as const)("%s is refused", async ([, bytes, text]) => {
  const files = filesOf(bytes);
  await expect(files).rejects.toBeInstanceOf(ZipError);
  await expect(files).rejects.toThrow(text);
});

test("a zip file with a byte changed, or cut short, is read or refused, and nothing else", async () => {
  const zip = zipOf([
    { name: "index.js", content: "exports.handler = 1;".repeat(9) },
    { name: "b", content: "b" },
  ]);
  await fc.assert(
    fc.asyncProperty(fc.nat(zip.length - 1), fc.nat(255), fc.boolean(), async (place, byte, isCut) => {
      const bad = isCut ? zip.slice(0, place) : zip.with(place, byte);
      await filesOf(bad).catch((cause: unknown) => expect(cause).toBeInstanceOf(ZipError));
    }),
  );
});

test("a reader who stops early leaves nothing open", async () => {
  const zip = zipOf([{ name: "a", content: "a".repeat(1e6) }]);
  for await (const { bytes } of zipEntries(zip)) {
    for await (const part of bytes()) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
    break;
  }
});
