import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { aBucket } from "../../support/s3.ts";

const FIVE_MIB = 5 * 1024 * 1024;
const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest();

/** A bucket with an object on its way. */
async function anUpload() {
  const s3 = await aBucket();
  const begun = await s3.send("POST /bucket/key", {
    query: "uploads",
    headers: { "content-type": "text/plain", "x-amz-meta-who": "me" },
  });
  const [id] = begun.all("UploadId");
  return {
    s3,
    id,
    part: (number: number, body: string | Uint8Array, path = "/bucket/key") =>
      s3.send(`PUT ${path}`, { query: `partNumber=${number}&uploadId=${id}`, body }),
    complete: (parts: readonly (readonly [number: number | string, etag?: string])[]) => {
      const elements = parts.map(
        ([number, etag]) => `<Part><PartNumber>${number}</PartNumber>${etag ? `<ETag>${etag}</ETag>` : ""}</Part>`,
      );
      const body = `<CompleteMultipartUpload>${elements.join("")}</CompleteMultipartUpload>`;
      return s3.send("POST /bucket/key", { query: `uploadId=${id}`, body });
    },
    abort: () => s3.send("DELETE /bucket/key", { query: `uploadId=${id}` }),
    [Symbol.asyncDispose]: () => s3[Symbol.asyncDispose](),
  };
}

test("an object is made of its parts, in their order, with a tag of all", async () => {
  await using upload = await anUpload();
  const first = Buffer.alloc(FIVE_MIB, "a");
  const last = await upload.part(7, "tail");
  const { headers } = await upload.part(2, first);
  expect(headers.etag).toBe(`"${md5(first).toString("hex")}"`);
  const done = await upload.complete([
    [2, headers.etag as string],
    [7, last.headers.etag as string],
  ]);
  const tag = `"${md5(Buffer.concat([md5(first), md5(Buffer.from("tail"))])).toString("hex")}-2"`;
  expect(done.all("ETag")).toEqual([tag.replaceAll('"', "&quot;")]);
  const got = await upload.s3.send("GET /bucket/key");
  expect(got.bytes.equals(Buffer.concat([first, Buffer.from("tail")]))).toBe(true);
  expect(got.headers).toMatchObject({ etag: tag, "content-type": "text/plain", "x-amz-meta-who": "me" });
  expect((await upload.abort()).code).toBe("NoSuchUpload");
});

test.for([
  ["one that was not sent", [[2]], "InvalidPart"],
  ["a part with another tag", [[1, '"00"']], "InvalidPart"],
  ["parts out of order", [[3], [1]], "InvalidPartOrder"],
  ["a part twice", [[1], [1]], "InvalidPartOrder"],
  ["a small part before the last", [[1], [3]], "EntityTooSmall"],
  ["none", [], "MalformedXML"],
  ["one without a number", [["x"]], "MalformedXML"],
] as const)("no object is made of %s, and the parts stay", async ([, parts, code]) => {
  await using upload = await anUpload();
  await upload.part(1, "one");
  await upload.part(3, "three");
  expect(await upload.complete(parts)).toMatchObject({ status: 400, code });
  expect((await upload.complete([[3]])).status).toBe(200);
});

test("an upload that was given up is gone, and so are its parts", async () => {
  await using upload = await anUpload();
  await upload.part(1, "one");
  expect((await upload.abort()).status).toBe(204);
  expect(await upload.part(1, "one")).toMatchObject({ status: 404, code: "NoSuchUpload" });
  expect(await upload.complete([[1]])).toMatchObject({ status: 404, code: "NoSuchUpload" });
});

test("a part belongs to the key of its upload, and has a number", async () => {
  await using upload = await anUpload();
  expect(await upload.part(1, "one", "/bucket/other")).toMatchObject({ status: 404, code: "NoSuchUpload" });
  expect((await upload.part(0, "one")).code).toBe("InvalidArgument");
  expect((await upload.part(10_001, "one")).code).toBe("InvalidArgument");
});

test("an upload goes with its bucket", async () => {
  await using upload = await anUpload();
  expect((await upload.s3.send("DELETE /bucket")).status).toBe(204);
  expect((await upload.part(1, "one")).code).toBe("NoSuchUpload");
});

test("there are a thousand uploads at most that are under way", async () => {
  await using s3 = await aBucket();
  const begin = () => s3.send("POST /bucket/key", { query: "uploads" });
  for (let count = 0; count < 1000; count++) await begin();
  expect(await begin()).toMatchObject({ status: 400, code: "EntityTooLarge" });
});
