import { expect, test } from "vitest";
import { aStack } from "../../support/provisioning.ts";

const bucket = (Properties: object = {}, more: object = {}) => ({
  Resources: { Assets: { Type: "AWS::S3::Bucket", Properties, ...more } },
});

/** What a document of S3 says of the bucket, or the error's name. */
async function told(stack: ReturnType<typeof aStack>, operation: string, Bucket = "assets"): Promise<string> {
  try {
    return (await stack.ask<{ Body: string }>("s3", operation, { Bucket })).Body;
  } catch (cause) {
    return (cause as Error).name;
  }
}

test("a bucket is made in S3, and tells its names", async () => {
  await using stack = aStack();
  const names = ["Arn", "DomainName", "RegionalDomainName", "DualStackDomainName", "WebsiteURL"];
  const Outputs = {
    Ref: { Value: { Ref: "Assets" } },
    ...Object.fromEntries(names.map((name) => [name, { Value: { "Fn::GetAtt": ["Assets", name] } }])),
  };
  const template = { ...bucket({ BucketName: "assets", LifecycleConfiguration: { Rules: [] } }), Outputs };
  const { outputs } = await stack.deploy(template);
  expect(Object.fromEntries(outputs!.map(({ key, value }) => [key, value]))).toEqual({
    Ref: "assets",
    Arn: "arn:aws:s3:::assets",
    DomainName: "assets.s3.amazonaws.com",
    RegionalDomainName: "assets.s3.us-east-1.amazonaws.com",
    DualStackDomainName: "assets.s3.dualstack.us-east-1.amazonaws.com",
    WebsiteURL: "http://assets.s3-website-us-east-1.amazonaws.com",
  });
  await stack.ask("s3", "PutObject", { Bucket: "assets", Key: "a", Body: Buffer.from("a") });
  expect((await stack.plan(template)).steps).toEqual([]);
});

test("a bucket without a name gets one in lower case", async () => {
  await using stack = aStack();
  await stack.deploy(bucket());
  expect(stack.physicalId("Assets")).toMatch(/^app-assets-[a-z0-9]{12}$/);
  expect(await told(stack, "ListBuckets")).toContain(`<Name>${stack.physicalId("Assets")}</Name>`);
});

test("tags of bucket and stack, versions and access are configured, changed and taken away", async () => {
  await using stack = aStack();
  const full = {
    BucketName: "assets",
    Tags: [{ Key: "a&b", Value: "<1>" }],
    VersioningConfiguration: { Status: "Enabled" },
    PublicAccessBlockConfiguration: { BlockPublicAcls: "true" },
  };
  await stack.deploy(bucket(full), { tags: { team: "post" } });
  const tags = "<Tag><Key>team</Key><Value>post</Value></Tag><Tag><Key>a&amp;b</Key><Value>&lt;1&gt;</Value></Tag>";
  expect(await told(stack, "GetBucketTagging")).toContain(`<TagSet>${tags}</TagSet>`);
  expect(await told(stack, "GetBucketVersioning")).toContain("<Status>Enabled</Status>");
  expect(await told(stack, "GetPublicAccessBlock")).toContain("<RestrictPublicBuckets>false</RestrictPublicBuckets>");
  await stack.deploy(bucket({ BucketName: "assets" }));
  expect(stack.told).toEqual(["Assets UPDATE_IN_PROGRESS", "Assets UPDATE_COMPLETE", "cleanup"]);
  expect(await told(stack, "GetBucketTagging")).toBe("NoSuchTagSet");
  expect(await told(stack, "GetBucketVersioning")).toContain("<Status>Suspended</Status>");
  expect(await told(stack, "GetPublicAccessBlock")).toContain("<RestrictPublicBuckets>true</RestrictPublicBuckets>");
});

test("another name makes another bucket, and the old one goes unless it is retained", async () => {
  await using stack = aStack();
  await stack.deploy(bucket({ BucketName: "one-bucket" }));
  await stack.deploy(bucket({ BucketName: "two-bucket" }, { UpdateReplacePolicy: "Retain" }));
  expect(stack.told.at(-1)).toBe("Assets DELETE_SKIPPED");
  await stack.deploy(bucket({ BucketName: "three-bucket" }));
  const all = await told(stack, "ListBuckets");
  expect([...all.matchAll(/<Name>(.*?)</g)].map(([, name]) => name)).toEqual(["one-bucket", "three-bucket"]);
});

test("a bucket that is not empty is not deleted, which is said in S3's words", async () => {
  await using stack = aStack();
  await stack.deploy(bucket({ BucketName: "assets" }));
  await stack.ask("s3", "PutObject", { Bucket: "assets", Key: "a", Body: Buffer.from("a") });
  const { status } = await stack.deploy(undefined);
  expect(status).toBe("deleteFailed");
  expect(stack.events.at(-1)?.reason).toMatch(
    /"The bucket you tried to delete is not empty \(Service: S3, Status Code: 409, .*HandlerErrorCode: InvalidRequest/,
  );
});

test("a retained bucket stays with what lies in it, and one that is gone is no failure", async () => {
  await using stack = aStack();
  await stack.deploy(bucket({ BucketName: "assets" }, { DeletionPolicy: "Retain" }));
  await stack.ask("s3", "PutObject", { Bucket: "assets", Key: "a", Body: Buffer.from("a") });
  expect((await stack.deploy(undefined)).status).toBe("complete");
  expect(await told(stack, "ListBuckets")).toContain("<Name>assets</Name>");
  await stack.deploy(bucket({ BucketName: "gone-bucket" }));
  await stack.ask("s3", "DeleteBucket", { Bucket: "gone-bucket" });
  expect((await stack.deploy(undefined)).status).toBe("complete");
});

test.for([
  ["assets", /'assets' already exists.*HandlerErrorCode: AlreadyExists/],
  ["Assets_", /The specified bucket is not valid/],
] as const)("a bucket cannot be called %s", async ([BucketName, reason]) => {
  await using stack = aStack();
  await stack.ask("s3", "CreateBucket", { Bucket: "assets" });
  expect((await stack.deploy(bucket({ BucketName }))).status).toBe("rolledBack");
  expect(stack.events.find(({ status }) => status === "CREATE_FAILED")?.reason).toMatch(reason);
});

test("a bucket that cannot be configured is not left behind", async () => {
  await using stack = aStack();
  const Tags = Array.from({ length: 1000 }, (_, index) => ({ Key: `key-${index}`, Value: "x".repeat(200) }));
  expect((await stack.deploy(bucket({ BucketName: "assets", Tags }))).status).toBe("rolledBack");
  expect(await told(stack, "ListBuckets")).not.toContain("<Name>");
});

test("the bucket of the bootstrap can be made by a stack, with what lies in it", async () => {
  await using stack = aStack();
  const Bucket = "cdk-hnb659fds-assets-000000000000-us-east-1";
  await stack.ask("s3", "PutObject", { Bucket, Key: "a", Body: Buffer.from("a") });
  expect((await stack.deploy(bucket({ BucketName: Bucket }))).status).toBe("complete");
  expect(await told(stack, "ListObjectsV2", Bucket)).toContain("<Key>a</Key>");
});

const withPolicy = (Action: string | undefined) => ({
  Resources: {
    ...bucket({ BucketName: "assets" }).Resources,
    ...(Action !== undefined && {
      Policy: {
        Type: "AWS::S3::BucketPolicy",
        Properties: { Bucket: { Ref: "Assets" }, PolicyDocument: { Statement: [{ Action }] } },
      },
    }),
  },
});

test("the policy of a bucket is put, changed and taken away", async () => {
  await using stack = aStack();
  await stack.deploy(withPolicy("s3:GetObject"));
  expect(stack.physicalId("Policy")).toBe("assets");
  expect(await told(stack, "GetBucketPolicy")).toBe('{"Statement":[{"Action":"s3:GetObject"}]}');
  await stack.deploy(withPolicy("s3:*"));
  expect(await told(stack, "GetBucketPolicy")).toContain("s3:*");
  await stack.deploy(withPolicy(undefined));
  expect(await told(stack, "GetBucketPolicy")).toBe("NoSuchBucketPolicy");
});

test("bucket and policy go together", async () => {
  await using stack = aStack();
  await stack.deploy(withPolicy("s3:GetObject"));
  expect((await stack.deploy(undefined)).status).toBe("complete");
  expect(await told(stack, "HeadBucket")).toBe("NoSuchBucket");
});
