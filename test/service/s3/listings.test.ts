import { expect, test } from "vitest";
import { aBucket } from "../../support/s3.ts";

/** A bucket with objects under those keys. */
async function aBucketWith(...keys: readonly string[]) {
  const s3 = await aBucket();
  for (const key of keys) await s3.send(`PUT /bucket/${encodeURIComponent(key)}`, { body: key });
  return s3;
}

const V2 = "list-type=2";

test("objects are listed by key, with size and tag", async () => {
  await using s3 = await aBucketWith("b", "a");
  const listed = await s3.send("GET /bucket", { query: V2 });
  expect(listed.headers["content-type"]).toBe("application/xml");
  expect(listed.all("Key")).toEqual(["a", "b"]);
  expect(listed.all("Size")).toEqual(["1", "1"]);
  expect(listed.all("LastModified")).toEqual(["2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.678Z"]);
  expect(listed.all("KeyCount")).toEqual(["2"]);
  expect(listed.all("IsTruncated")).toEqual(["false"]);
});

test("pages are as long as is said, and go on where the last ended", async () => {
  await using s3 = await aBucketWith("a", "b", "c");
  const first = await s3.send("GET /bucket", { query: `${V2}&max-keys=2` });
  expect(first.all("Key")).toEqual(["a", "b"]);
  expect(first.all("IsTruncated")).toEqual(["true"]);
  const [token] = first.all("NextContinuationToken");
  const second = await s3.send("GET /bucket", { query: `${V2}&max-keys=2&continuation-token=${token}` });
  expect(second.all("Key")).toEqual(["c"]);
  expect(second.all("NextContinuationToken")).toEqual([]);
  const none = await s3.send("GET /bucket", { query: `${V2}&max-keys=0` });
  expect([none.all("Key"), none.all("IsTruncated")]).toEqual([[], ["false"]]);
  const strange = await s3.send("GET /bucket", { query: `${V2}&continuation-token=x` });
  expect(strange).toMatchObject({ status: 400, code: "InvalidArgument" });
});

test("folders are told of once, and a page may end with one", async () => {
  await using s3 = await aBucketWith("a/1", "a/2", "b", "c/1", "c/d/2");
  const list = (more: string) => s3.send("GET /bucket", { query: `${V2}&delimiter=%2F${more}` });
  const all = await list("");
  expect(all.all("CommonPrefixes")).toEqual(["<Prefix>a/</Prefix>", "<Prefix>c/</Prefix>"]);
  expect([all.all("Key"), all.all("KeyCount")]).toEqual([["b"], ["3"]]);
  const inner = await list("&prefix=c%2F");
  expect([inner.all("Key"), inner.all("CommonPrefixes")]).toEqual([["c/1"], ["<Prefix>c/d/</Prefix>"]]);
  const first = await list("&max-keys=1");
  expect(first.all("CommonPrefixes")).toEqual(["<Prefix>a/</Prefix>"]);
  const rest = await list(`&continuation-token=${first.all("NextContinuationToken")[0]}`);
  expect([rest.all("Key"), rest.all("CommonPrefixes")]).toEqual([["b"], ["<Prefix>c/</Prefix>"]]);
});

test("the listing of old goes on from a marker", async () => {
  await using s3 = await aBucketWith("a", "b", "c");
  const first = await s3.send("GET /bucket", { query: "max-keys=2" });
  expect([first.all("Key"), first.all("NextMarker")]).toEqual([["a", "b"], ["b"]]);
  expect((await s3.send("GET /bucket", { query: "marker=b" })).all("Key")).toEqual(["c"]);
});

test("keys that XML cannot hold come as in URLs where that is wanted", async () => {
  await using s3 = await aBucketWith("a b/\u0001&", "<");
  const listed = await s3.send("GET /bucket", { query: `${V2}&encoding-type=url&prefix=a%20b` });
  expect([listed.all("Key"), listed.all("Prefix")]).toEqual([["a%20b/%01%26"], ["a%20b"]]);
  expect((await s3.send("GET /bucket", { query: `${V2}&prefix=%3C` })).all("Key")).toEqual(["&lt;"]);
});

test("objects are versions of themselves", async () => {
  await using s3 = await aBucketWith("a", "b");
  const listed = await s3.send("GET /bucket", { query: "versions&prefix=b" });
  expect([listed.all("Key"), listed.all("VersionId"), listed.all("IsLatest")]).toEqual([["b"], ["null"], ["true"]]);
});

test("versions come in pages, which go on where the last ended, and folders are told of once", async () => {
  await using s3 = await aBucketWith("a", "b/1", "b/2", "c d");
  const first = await s3.send("GET /bucket", { query: "versions&max-keys=2" });
  expect([first.all("Key"), first.all("IsTruncated")]).toEqual([["a", "b/1"], ["true"]]);
  expect([first.all("NextKeyMarker"), first.all("NextVersionIdMarker")]).toEqual([["b/1"], ["null"]]);
  const rest = await s3.send("GET /bucket", {
    query: "versions&encoding-type=url&key-marker=b%2F1&version-id-marker=null",
  });
  expect([rest.all("Key"), rest.all("IsTruncated")]).toEqual([["b/2", "c%20d"], ["false"]]);
  expect([rest.all("NextKeyMarker"), rest.all("NextVersionIdMarker")]).toEqual([[], []]);
  const folders = await s3.send("GET /bucket", { query: "versions&delimiter=%2F" });
  expect([folders.all("Key"), folders.all("CommonPrefixes")]).toEqual([["a", "c d"], ["<Prefix>b/</Prefix>"]]);
});

test("a page of versions has a thousand at most", async () => {
  await using s3 = await aBucketWith(...Array.from({ length: 1001 }, (_, number) => String(number).padStart(4, "0")));
  const listed = await s3.send("GET /bucket", { query: "versions&max-keys=5000" });
  expect([listed.all("Key").length, listed.all("NextKeyMarker")]).toEqual([1000, ["0999"]]);
});

test("objects are deleted together, whether they are there or not", async () => {
  await using s3 = await aBucketWith("a", "b&c", "d");
  const remove = (more: string) =>
    s3.send("POST /bucket", {
      query: "delete",
      body: `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Object><Key>b&amp;c</Key></Object><Object><Key>x</Key></Object>${more}</Delete>`,
    });
  expect((await remove("")).all("Key")).toEqual(["b&amp;c", "x"]);
  expect((await remove("<Quiet>true</Quiet>")).all("Key")).toEqual([]);
  expect((await s3.send("GET /bucket", { query: V2 })).all("Key")).toEqual(["a", "d"]);
});

test.for([
  ["nothing", ""],
  ["no XML", "<Delete"],
  ["another document", "<Other/>"],
  ["no key", "<Delete><Quiet>true</Quiet></Delete>"],
  ["an object without a key", "<Delete><Object/></Delete>"],
  ["too many keys", `<Delete>${"<Object><Key>a</Key></Object>".repeat(1001)}</Delete>`],
] as const)("%s is no list of what to delete", async ([, body]) => {
  await using s3 = await aBucketWith("a");
  expect(await s3.send("POST /bucket", { query: "delete", body })).toMatchObject({ status: 400, code: "MalformedXML" });
  expect((await s3.send("GET /bucket/a")).text).toBe("a");
});
