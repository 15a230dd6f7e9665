import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { aBucket } from "../../support/s3.ts";

const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest("base64");
const crc = (text: string) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString("base64");
};
const ETAG = '"900150983cd24fb0d6963f7d28e17f72"'; // MD5 of "abc", RFC 1321

test("an object comes back with what was said of it", async () => {
  await using s3 = await aBucket();
  const headers = {
    ...{ "content-type": "text/plain", "cache-control": "no-store", "x-amz-meta-who": "me" },
    ...{ "content-encoding": "gzip", "content-disposition": "inline" },
  };
  expect(await s3.send("PUT /bucket/a/b%20c", { headers, body: "abc" })).toMatchObject({
    status: 200,
    headers: { etag: ETAG },
    text: "",
  });
  const got = await s3.send("GET /bucket/a/b%20c");
  expect(got).toMatchObject({ status: 200, text: "abc" });
  expect(got.headers).toMatchObject({ ...headers, etag: ETAG, "accept-ranges": "bytes" });
  expect((await s3.send("HEAD /bucket/a/b%20c")).headers).toMatchObject({ ...headers, etag: ETAG });
});

test("bytes without a type are binary, and an object takes the place of another", async () => {
  await using s3 = await aBucket();
  await s3.send("PUT /bucket/key", { body: new Uint8Array([0, 255]) });
  await s3.send("PUT /bucket/key", { body: new Uint8Array([1, 2, 3]) });
  const { bytes, headers } = await s3.send("GET /bucket/key");
  expect([...bytes]).toEqual([1, 2, 3]);
  expect(headers["content-type"]).toBe("binary/octet-stream");
});

test("what is not there is not found, and can be deleted all the same", async () => {
  await using s3 = await aBucket();
  expect(await s3.send("GET /bucket/key")).toMatchObject({ status: 404, code: "NoSuchKey" });
  expect(await s3.send("GET /nobody/key")).toMatchObject({ status: 404, code: "NoSuchBucket" });
  expect(await s3.send("PUT /nobody/key")).toMatchObject({ status: 404, code: "NoSuchBucket" });
  expect((await s3.send("DELETE /bucket/key")).status).toBe(204);
});

test.for([
  ["bytes=0-0", "bytes 0-0/10", "0"],
  ["bytes=2-4", "bytes 2-4/10", "234"],
  ["bytes=7-", "bytes 7-9/10", "789"],
  ["bytes=7-99", "bytes 7-9/10", "789"],
  ["bytes=-3", "bytes 7-9/10", "789"],
  ["bytes=-99", "bytes 0-9/10", "0123456789"],
] as const)("of an object %s can be had", async ([range, contentRange, text]) => {
  await using s3 = await aBucket();
  await s3.send("PUT /bucket/key", { body: "0123456789" });
  const got = await s3.send("GET /bucket/key", { headers: { range } });
  expect(got).toMatchObject({ status: 206, headers: { "content-range": contentRange }, text });
});

test.for(["bytes=10-", "bytes=10-11", "bytes=-0"])("%s is beyond an object of ten bytes", async (range) => {
  await using s3 = await aBucket();
  await s3.send("PUT /bucket/key", { body: "0123456789" });
  expect(await s3.send("GET /bucket/key", { headers: { range } })).toMatchObject({ status: 416, code: "InvalidRange" });
});

test.for(["bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-"])("%s is no range, so all is given", async (range) => {
  await using s3 = await aBucket();
  await s3.send("PUT /bucket/key", { body: "0123456789" });
  expect(await s3.send("GET /bucket/key", { headers: { range } })).toMatchObject({ status: 200, text: "0123456789" });
});

const CHANGED = "Fri, 02 Jan 2026 03:04:05 GMT";
const LATER = "Fri, 02 Jan 2026 03:04:06 GMT";
const EARLIER = "Fri, 02 Jan 2026 03:04:04 GMT";

test.for([
  ["if-match", ETAG, 200],
  ["if-match", "*", 200],
  ["if-match", '"other"', 412],
  ["if-none-match", ETAG, 304],
  ["if-none-match", '"other", "another"', 200],
  ["if-modified-since", EARLIER, 200],
  ["if-modified-since", CHANGED, 304],
  ["if-unmodified-since", CHANGED, 200],
  ["if-unmodified-since", LATER, 200],
  ["if-unmodified-since", EARLIER, 412],
] as const)("an object is had on the condition %s: %s", async ([name, value, status]) => {
  await using s3 = await aBucket();
  await s3.send("PUT /bucket/key", { body: "abc" });
  const got = await s3.send("GET /bucket/key", { headers: { [name]: value } });
  expect(got.status).toBe(status);
  expect(got.text).toBe(status === 200 ? "abc" : status === 304 ? "" : got.text);
  if (status !== 412) expect(got.headers.etag).toBe(ETAG);
});

test("an object is put on condition that there is none, or that it is as it was", async () => {
  await using s3 = await aBucket();
  const put = async (headers: Record<string, string>) =>
    (await s3.send("PUT /bucket/key", { headers, body: "abc" })).status;
  expect(await put({ "if-match": ETAG })).toBe(412);
  expect(await put({ "if-none-match": "*" })).toBe(200);
  expect(await put({ "if-none-match": "*" })).toBe(412);
  expect(await put({ "if-match": '"other"' })).toBe(412);
  expect(await put({ "if-match": ETAG })).toBe(200);
});

test.for([
  ["content-md5", digest("md5", "abc")],
  ["x-amz-checksum-crc32", crc("abc")],
  ["x-amz-checksum-crc32c", "Nks/tw=="], // RFC 3720's polynomial over "abc"
  ["x-amz-checksum-sha1", digest("sha1", "abc")],
  ["x-amz-checksum-sha256", digest("sha256", "abc")],
] as const)("bytes are held against %s", async ([name, value]) => {
  await using s3 = await aBucket();
  const put = (body: string, given: string) => s3.send("PUT /bucket/key", { headers: { [name]: given }, body });
  expect(await put("abd", value)).toMatchObject({ status: 400, code: "BadDigest" });
  expect(await put("abc", "AAAA")).toMatchObject({
    status: 400,
    code: name === "content-md5" ? "InvalidDigest" : "InvalidRequest",
  });
  expect((await s3.send("GET /bucket/key")).status).toBe(404);
  const kept = await put("abc", value);
  expect(kept.status).toBe(200);
  if (name === "content-md5") return;
  expect(kept.headers[name]).toBe(value);
  const headers = { "x-amz-checksum-mode": "ENABLED" };
  expect((await s3.send("GET /bucket/key", { headers })).headers[name]).toBe(value);
  expect((await s3.send("GET /bucket/key")).headers[name]).toBeUndefined();
  const part = await s3.send("GET /bucket/key", { headers: { ...headers, range: "bytes=0-1" } });
  expect(part.headers[name]).toBeUndefined();
});

/** A body as recent SDKs send it. */
const chunked = (chunks: readonly string[], trailers = "") =>
  `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("")}0\r\n${trailers}\r\n`;
const CHUNKED = { "content-encoding": "aws-chunked", "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER" };

test("a body in chunks with a checksum behind it is taken out of them", async () => {
  await using s3 = await aBucket();
  const headers = { ...CHUNKED, "x-amz-trailer": "x-amz-checksum-crc32", "x-amz-decoded-content-length": "3" };
  const put = (sum: string) =>
    s3.send("PUT /bucket/key", { headers, body: chunked(["abc"], `x-amz-checksum-crc32:${sum}\r\n`) });
  expect(await put(crc("abd"))).toMatchObject({ status: 400, code: "BadDigest" });
  expect(await put(crc("abc"))).toMatchObject({ status: 200, headers: { "x-amz-checksum-crc32": crc("abc") } });
  const got = await s3.send("GET /bucket/key");
  expect(got.text).toBe("abc");
  expect(got.headers["content-encoding"]).toBeUndefined();
});

test("a body in signed chunks is taken out of them, and what it is encoded in beside stays", async () => {
  await using s3 = await aBucket();
  const body = "3;chunk-signature=00\r\nabc\r\n0;chunk-signature=00\r\n\r\n";
  const headers = {
    "content-encoding": "aws-chunked,gzip",
    "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  };
  await s3.send("PUT /bucket/key", { headers, body });
  expect(await s3.send("GET /bucket/key")).toMatchObject({ text: "abc", headers: { "content-encoding": "gzip" } });
});

const SHORTEST = "a".repeat(8192);

test.for([
  ["of 8192 bytes but for the last", [SHORTEST, SHORTEST, "a"], 200],
  ["one of 8191 before the last", [SHORTEST.slice(1), "a"], 403],
  ["of one byte each", ["a", "a"], 403],
] as const)("chunks %s", async ([, chunks, status]) => {
  await using s3 = await aBucket();
  const answer = await s3.send("PUT /bucket/key", { headers: CHUNKED, body: chunked(chunks) });
  expect(answer).toMatchObject(status === 200 ? { status } : { status, code: "InvalidChunkSizeError" });
});

test.for([
  [8190, 200],
  [8191, 400],
] as const)("trailers of %d bytes and an end of line", async ([bytes, status]) => {
  await using s3 = await aBucket();
  const trailers = `x:${"y".repeat(bytes - 4)}\r\n`;
  const answer = await s3.send("PUT /bucket/key", { headers: CHUNKED, body: chunked(["abc"], trailers) });
  expect(answer).toMatchObject(status === 200 ? { status } : { status, code: "MalformedTrailerError" });
});

test.for([
  ["without an end", "3\r\nabc\r\n", undefined],
  ["with less than it says", "9\r\nabc\r\n0\r\n\r\n", undefined],
  ["whose sizes are none", "x\r\nabc\r\n0\r\n\r\n", undefined],
  ["of another length than is said", chunked(["abc"]), "4"],
] as const)("a body in chunks %s is incomplete", async ([, body, length]) => {
  await using s3 = await aBucket();
  const headers = { ...CHUNKED, ...(length && { "x-amz-decoded-content-length": length }) };
  expect(await s3.send("PUT /bucket/key", { headers, body })).toMatchObject({ status: 400, code: "IncompleteBody" });
});

test("what callers keep with an object has two kilobytes at most", async () => {
  await using s3 = await aBucket();
  const put = async (length: number) =>
    (await s3.send("PUT /bucket/key", { headers: { "x-amz-meta-a": "x".repeat(length) } })).code;
  expect([await put(2047), await put(2048)]).toEqual([undefined, "MetadataTooLarge"]);
});

test("an object is not copied, which is said", async () => {
  await using s3 = await aBucket();
  const headers = { "x-amz-copy-source": "/bucket/other" };
  expect(await s3.send("PUT /bucket/key", { headers })).toMatchObject({ status: 501, code: "NotImplemented" });
});

test("a presigned URL says whose it is in its query", async () => {
  await using s3 = await aBucket();
  const query =
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=000000000000%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0";
  await s3.send("PUT /bucket/key", { isUnsigned: true, query, body: "abc" });
  expect((await s3.send("GET /bucket/key", { isUnsigned: true, query })).text).toBe("abc");
});

test.for([
  ["bucket.s3.localhost:4566", "/key"],
  ["bucket.localhost:4566", "/key"],
  ["bucket.s3.us-east-1.localhost.localstack.cloud:4566", "/key"],
  ["bucket.s3.localhost.localstack.cloud:4566", "/key"],
  ["bucket.localhost.localstack.cloud", "/key"],
  ["bucket.s3-us-west-2.amazonaws.com", "/key"],
  ["s3.us-east-1.localhost.localstack.cloud:4566", "/bucket/key"],
  ["localhost.localstack.cloud:4566", "/bucket/key"],
  ["127.0.0.1:4566", "/bucket/key"],
  ["waystation:4566", "/bucket/key"],
] as const)("a request to %s%s is about the same object", async ([host, path]) => {
  await using s3 = await aBucket();
  await s3.send("PUT /bucket/key", { body: "abc" });
  expect((await s3.send(`GET ${path}`, { headers: { host } })).text).toBe("abc");
});

test("a bucket in the host is made, listed and deleted there", async () => {
  await using s3 = await aBucket("one.two");
  const headers = { host: "one.two.s3.localhost:4566" };
  await s3.send("PUT /a/b", { headers, body: "abc" });
  expect((await s3.send("GET /", { headers, query: "list-type=2" })).all("Key")).toEqual(["a/b"]);
  expect(
    (await s3.send("POST /", { headers, query: "delete", body: "<Delete><Object><Key>a/b</Key></Object></Delete>" }))
      .status,
  ).toBe(200);
  expect((await s3.send("DELETE /", { headers })).status).toBe(204);
});
