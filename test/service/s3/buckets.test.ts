import { expect, test } from "vitest";
import { aBucket, anS3 } from "../../support/s3.ts";

test("a bucket is made, listed, found and deleted", async () => {
  await using s3 = anS3();
  expect(await s3.send("PUT /bucket")).toMatchObject({ status: 200, headers: { location: "/bucket" }, text: "" });
  expect((await s3.send("GET /")).all("Name")).toEqual(["bucket"]);
  expect(await s3.send("HEAD /bucket")).toMatchObject({ status: 200, headers: { "x-amz-bucket-region": "us-east-1" } });
  expect((await s3.send("DELETE /bucket")).status).toBe(204);
  expect(await s3.send("HEAD /bucket")).toMatchObject({ status: 404 });
  expect((await s3.send("GET /")).all("Name")).toEqual([]);
});

test("a bucket is in the region it was made for, else in the caller's", async () => {
  await using s3 = anS3();
  const body =
    '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>';
  await s3.send("PUT /irish", { body });
  await s3.send("PUT /american");
  await s3.send("PUT /german", { region: "eu-central-1" });
  const location = async (name: string) => (await s3.send(`GET /${name}`, { query: "location" })).text;
  expect(await location("irish")).toContain(">eu-west-1</LocationConstraint>");
  expect(await location("german")).toContain(">eu-central-1</LocationConstraint>");
  expect(await location("american")).toContain("></LocationConstraint>");
  expect((await s3.send("HEAD /irish")).headers["x-amz-bucket-region"]).toBe("eu-west-1");
});

test("names of buckets are taken once in all accounts", async () => {
  await using s3 = await aBucket();
  expect(await s3.send("PUT /bucket")).toMatchObject({ status: 409, code: "BucketAlreadyOwnedByYou" });
  expect(await s3.send("PUT /bucket", { account: "111111111111" })).toMatchObject({
    status: 409,
    code: "BucketAlreadyExists",
  });
});

test.for(["ab", "A-bucket", "-bucket", "bucket-", "a..b", "a_b", "x".repeat(64)])("%s is no name", async (name) => {
  await using s3 = anS3();
  expect(await s3.send(`PUT /${name}`)).toMatchObject({ status: 400, code: "InvalidBucketName" });
});

test("a bucket that is not empty stays", async () => {
  await using s3 = await aBucket();
  await s3.send("PUT /bucket/key", { body: "a" });
  expect(await s3.send("DELETE /bucket")).toMatchObject({ status: 409, code: "BucketNotEmpty" });
  await s3.send("DELETE /bucket/key");
  expect((await s3.send("DELETE /bucket")).status).toBe(204);
});

test("an account has a thousand buckets at most", async () => {
  await using s3 = anS3();
  for (let count = 0; count < 1000; count++) await s3.send(`PUT /bucket-${count}`);
  expect(await s3.send("PUT /another")).toMatchObject({ status: 400, code: "TooManyBuckets" });
  expect((await s3.send("PUT /another", { account: "111111111111" })).status).toBe(200);
});

test("the bucket of the bootstrap is there, leaves nothing by being looked at, and can be made once", async () => {
  await using s3 = anS3();
  const name = "cdk-hnb659fds-assets-000000000000-eu-west-1";
  expect((await s3.send(`HEAD /${name}`)).headers["x-amz-bucket-region"]).toBe("eu-west-1");
  expect((await s3.send("GET /")).all("Name")).toEqual([]);
  await s3.send(`PUT /${name}/key`, { body: "a" });
  expect((await s3.send("GET /")).all("Name")).toEqual([name]);
  expect((await s3.send(`PUT /${name}`)).status).toBe(200);
  expect((await s3.send(`GET /${name}/key`)).text).toBe("a");
  expect(await s3.send(`PUT /${name}`)).toMatchObject({ status: 409, code: "BucketAlreadyOwnedByYou" });
});

const documents = [
  ["versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>", 200, 200],
  ["tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>", 204, 404],
  [
    "encryption",
    "<ServerSideEncryptionConfiguration><Rule><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>",
    ...[200, 200],
  ],
  [
    "publicAccessBlock",
    "<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls></PublicAccessBlockConfiguration>",
    ...[200, 200],
  ],
  ["notification", "<NotificationConfiguration/>", 200, 200],
  [
    "lifecycle",
    "<LifecycleConfiguration><Rule><Status>Enabled</Status></Rule></LifecycleConfiguration>",
    ...[200, 404],
  ],
  ["policy", '{"Version":"2012-10-17","Statement":[]}', 204, 404],
] as const;

test.for(documents)("what is configured as %s comes back as it was sent", async ([query, body, put, before]) => {
  await using s3 = await aBucket();
  expect((await s3.send("GET /bucket", { query })).status).toBe(before);
  expect((await s3.send("PUT /bucket", { query, body })).status).toBe(put);
  expect(await s3.send("GET /bucket", { query })).toMatchObject({ status: 200, text: body });
  expect(await s3.send("PUT /bucket", { query, body: "<Other/>" })).toMatchObject({
    status: 400,
    code: query === "policy" ? "MalformedPolicy" : "MalformedXML",
  });
  expect(await s3.send("PUT /nobody", { query, body })).toMatchObject({ status: 404, code: "NoSuchBucket" });
});

test.for(["tagging", "encryption", "publicAccessBlock", "lifecycle", "policy"])(
  "%s can be taken away",
  async (query) => {
    await using s3 = await aBucket();
    const [, body] = documents.find(([name]) => name === query)!;
    const before = await s3.send("GET /bucket", { query });
    await s3.send("PUT /bucket", { query, body });
    expect((await s3.send("DELETE /bucket", { query })).status).toBe(204);
    expect((await s3.send("GET /bucket", { query })).code).toBe(before.code);
  },
);

test.for([
  "GET /bucket?acl",
  "PUT /bucket?cors",
  "PUT /bucket/key?tagging",
  "GET /bucket/key?uploadId=1",
  "DELETE /bucket?website",
])("%s is not served, and is not taken for something else", async (line) => {
  await using s3 = await aBucket();
  await s3.send("PUT /bucket/key", { body: "a" });
  const [path = "", query = ""] = line.split("?");
  expect(await s3.send(path, { query, body: "<x/>" })).toMatchObject({ status: 501, code: "NotImplemented" });
  expect((await s3.send("GET /bucket/key")).text).toBe("a");
});

test("a method that S3 does not have is refused", async () => {
  await using s3 = await aBucket();
  expect((await s3.send("PATCH /bucket/key")).status).toBe(405);
});
