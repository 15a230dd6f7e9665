import { expect, test } from "vitest";
import { anS3 } from "../../support/s3.ts";

/** Parameter Store as its wire is. */
function anSsm() {
  const { send, ...rest } = anS3("ssm");
  /** What is answered, or the error's code and text. */
  const ask = async (operation: string, input: unknown, place: { account?: string; region?: string } = {}) => {
    const headers = { "x-amz-target": `AmazonSSM.${operation}`, "content-type": "application/x-amz-json-1.1" };
    const body = typeof input === "string" ? input : JSON.stringify(input);
    const { status, text } = await send("POST /", { headers, body, ...place });
    return { status, ...JSON.parse(text) } as Readonly<Record<string, unknown>>;
  };
  return { ask, ...rest };
}

const ARN = "arn:aws:ssm:us-east-1:000000000000:parameter";

test("a parameter is put, had, replaced and deleted", async () => {
  await using ssm = anSsm();
  expect(await ssm.ask("PutParameter", { Name: "/a/b", Value: "1", Type: "String" })).toEqual({
    ...{ status: 200, Version: 1, Tier: "Standard" },
  });
  expect(await ssm.ask("GetParameter", { Name: "/a/b", WithDecryption: true })).toEqual({
    status: 200,
    Parameter: {
      ...{ Name: "/a/b", Value: "1", Type: "String", Version: 1, DataType: "text", ARN: `${ARN}/a/b` },
      LastModifiedDate: 1767323045.678,
    },
  });
  expect(await ssm.ask("PutParameter", { Name: "/a/b", Value: "2" })).toMatchObject({
    ...{ status: 400, __type: "ParameterAlreadyExists" },
  });
  expect(await ssm.ask("PutParameter", { Name: "/a/b", Value: "2", Overwrite: true })).toMatchObject({ Version: 2 });
  expect(await ssm.ask("DeleteParameter", { Name: "/a/b" })).toEqual({ status: 200 });
  for (const operation of ["GetParameter", "DeleteParameter"]) {
    const failed = await ssm.ask(operation, { Name: "/a/b" });
    // AWS: it says nothing.
    expect(failed).toMatchObject({ status: 400, __type: "ParameterNotFound" });
    expect(failed.message ?? "").toBe("");
  }
});

test.for(["/a/b", "/a/b:1", `${ARN}/a/b`, "plain"])("%s names a parameter", async (Name) => {
  await using ssm = anSsm();
  await ssm.ask("PutParameter", { Name: "/a/b", Value: "1", Type: "StringList" });
  await ssm.ask("PutParameter", { Name: "plain", Value: "1", Type: "SecureString" });
  expect((await ssm.ask("GetParameter", { Name })).Parameter).toMatchObject({ Value: "1", Version: 1 });
  expect((await ssm.ask("GetParameter", { Name: `${Name}:2` })).__type).toBe("ParameterNotFound");
});

test("several are had and deleted together, and those that are not there are told", async () => {
  await using ssm = anSsm();
  for (const Name of ["a", "b"]) await ssm.ask("PutParameter", { Name, Value: Name, Type: "String" });
  const Names = ["b", "x", "a"];
  const { Parameters, InvalidParameters } = await ssm.ask("GetParameters", { Names });
  expect((Parameters as { Name: string }[]).map(({ Name }) => Name)).toEqual(["b", "a"]);
  expect(InvalidParameters).toEqual(["x"]);
  expect(await ssm.ask("DeleteParameters", { Names })).toEqual({
    ...{ status: 200, DeletedParameters: ["b", "a"], InvalidParameters: ["x"] },
  });
});

test("parameters are listed below a path, its children or all of it, page by page", async () => {
  await using ssm = anSsm();
  for (const Name of ["/a/1", "/a/2", "/a/b/3", "/ab/4"]) await ssm.ask("PutParameter", { Name, Value: "v" });
  const list = async (more: object) => {
    const { Parameters, ...rest } = await ssm.ask("GetParametersByPath", { Path: "/a", ...more });
    return { names: (Parameters as { Name: string }[]).map(({ Name }) => Name), ...rest };
  };
  expect((await list({})).names).toEqual(["/a/1", "/a/2"]);
  expect((await list({ Path: "/a/", Recursive: true })).names).toEqual(["/a/1", "/a/2", "/a/b/3"]);
  const first = await list({ Recursive: true, MaxResults: 2 });
  expect(first.names).toEqual(["/a/1", "/a/2"]);
  const next = (first as { NextToken?: string }).NextToken;
  expect((await list({ Recursive: true, MaxResults: 2, NextToken: next })).names).toEqual(["/a/b/3"]);
  expect(await ssm.ask("GetParametersByPath", { Path: "/a", NextToken: "x" })).toMatchObject({
    ...{ status: 400, __type: "InvalidNextToken" },
  });
});

test("a parameter has tags, fifty at most", async () => {
  await using ssm = anSsm();
  const about = { ResourceType: "Parameter", ResourceId: "p" };
  await ssm.ask("PutParameter", { Name: "p", Value: "1", Type: "String", Tags: [{ Key: "a", Value: "1" }] });
  await ssm.ask("AddTagsToResource", { ...about, Tags: [{ Key: "b", Value: "2" }] });
  await ssm.ask("PutParameter", { Name: "p", Value: "2", Overwrite: true });
  expect((await ssm.ask("ListTagsForResource", about)).TagList).toEqual([
    { Key: "a", Value: "1" },
    { Key: "b", Value: "2" },
  ]);
  await ssm.ask("RemoveTagsFromResource", { ...about, TagKeys: ["a", "x"] });
  expect((await ssm.ask("ListTagsForResource", about)).TagList).toEqual([{ Key: "b", Value: "2" }]);
  const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
  expect((await ssm.ask("AddTagsToResource", { ...about, Tags })).__type).toBe("TooManyTagsError");
  expect((await ssm.ask("AddTagsToResource", { ...about, Tags: Tags.slice(1) })).status).toBe(200);
  const more = { Name: "p", Value: "3", Overwrite: true, Tags: Tags.slice(0, 1) };
  expect((await ssm.ask("PutParameter", more)).__type).toBe("ValidationException");
});

test.for(["AddTagsToResource", "RemoveTagsFromResource", "ListTagsForResource"])(
  "%s asks for a parameter that is there",
  async (operation) => {
    await using ssm = anSsm();
    const input = { ResourceId: "p", Tags: [], TagKeys: [] };
    expect((await ssm.ask(operation, { ...input, ResourceType: "Parameter" })).__type).toBe("InvalidResourceId");
    expect((await ssm.ask(operation, { ...input, ResourceType: "Document" })).__type).toBe("InvalidResourceType");
    expect((await ssm.ask(operation, { ...input, ResourceType: "x" })).__type).toBe("ValidationException");
  },
);

test.for([
  ["PutParameter", { Name: "a" }],
  ["PutParameter", { Name: "", Value: "1" }],
  ["PutParameter", { Name: "a", Value: "1", Type: "Number" }],
  ["PutParameter", { Name: "a", Value: "x".repeat(8193) }],
  ["GetParameters", { Names: [] }],
  ["GetParameters", { Names: Array.from({ length: 11 }, String) }],
  ["GetParametersByPath", { Path: "/", MaxResults: 11 }],
] as const)("%s refuses %j", async ([operation, input]) => {
  await using ssm = anSsm();
  expect(await ssm.ask(operation, input)).toMatchObject({ status: 400, __type: "ValidationException" });
});

test.for(["{", "[]", "1"])("%s is no input", async (text) => {
  await using ssm = anSsm();
  expect(await ssm.ask("GetParameter", text)).toMatchObject({ status: 400, __type: "SerializationException" });
});

test("an account has a thousand parameters in a region at most", async () => {
  await using ssm = anSsm();
  for (let count = 0; count < 1000; count++) await ssm.ask("PutParameter", { Name: `p${count}`, Value: "1" });
  expect((await ssm.ask("PutParameter", { Name: "more", Value: "1" })).__type).toBe("ParameterLimitExceeded");
  expect((await ssm.ask("PutParameter", { Name: "p1", Value: "2", Overwrite: true })).status).toBe(200);
  expect((await ssm.ask("PutParameter", { Name: "more", Value: "1" }, { region: "eu-west-1" })).status).toBe(200);
});

test("every account and region is bootstrapped, until somebody deletes that", async () => {
  await using ssm = anSsm();
  const Name = "/cdk-bootstrap/hnb659fds/version";
  const place = { account: "111111111111", region: "eu-west-1" };
  const { Parameter } = await ssm.ask("GetParameter", { Name }, place);
  expect(Number((Parameter as { Value: string }).Value)).toBeGreaterThanOrEqual(30);
  expect((await ssm.ask("PutParameter", { Name, Value: "99", Type: "String" }, place)).status).toBe(200);
  expect((await ssm.ask("PutParameter", { Name, Value: "1", Type: "String" }, place)).__type).toBe(
    "ParameterAlreadyExists",
  );
  await ssm.ask("DeleteParameter", { Name }, place);
  expect((await ssm.ask("GetParameter", { Name }, place)).__type).toBe("ParameterNotFound");
  expect((await ssm.ask("GetParameter", { Name })).status).toBe(200);
});
