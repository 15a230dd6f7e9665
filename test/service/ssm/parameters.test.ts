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

const NAME_TEXT = `Parameter name: can't be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`;
const STANDARD_TEXT =
  "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html";

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
  for (const Name of ["/a/1", "/a/2", "/a/b/3", "/ab/4"])
    await ssm.ask("PutParameter", { Name, Value: "v", Type: "String" });
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

const MISMATCH = {
  ...{ status: 400, __type: "ParameterPatternMismatchException" },
  message: "Parameter value, cannot be validated against allowedPattern: \\d+",
};

test("values are held against the pattern of a parameter, until it has another", async () => {
  await using ssm = anSsm();
  const put = (Value: string, more: object = {}) =>
    ssm.ask("PutParameter", { Name: "p", Value, Type: "String", Overwrite: true, ...more });
  expect(await put("1a", { AllowedPattern: "\\d+" })).toEqual(MISMATCH);
  expect(await put("12", { AllowedPattern: "\\d+" })).toMatchObject({ Version: 1 });
  expect(await put("a")).toEqual(MISMATCH);
  expect(await put("3")).toMatchObject({ Version: 2 });
  expect(await put("a", { AllowedPattern: "[a-c]" })).toMatchObject({ Version: 3 });
  expect(await put("anything", { AllowedPattern: "" })).toMatchObject({ Version: 4 });
  expect(await put("anything")).toMatchObject({ Version: 5 });
  expect((await put("a", { AllowedPattern: "(" })).__type).toBe("InvalidAllowedPatternException");
  // Such a pattern cannot be asked here, and no value is refused.
  expect(await put("a", { AllowedPattern: "(?=x)a" })).toMatchObject({ Version: 6 });
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
  ["GetParameters", { Names: [] }],
  ["GetParameters", { Names: Array.from({ length: 11 }, String) }],
  ["GetParametersByPath", { Path: "/", MaxResults: 11 }],
] as const)("%s refuses %j", async ([operation, input]) => {
  await using ssm = anSsm();
  expect(await ssm.ask(operation, input)).toMatchObject({ status: 400, __type: "ValidationException" });
});

test.for([
  ["ssm-a", NAME_TEXT],
  ["/SSM/a", NAME_TEXT],
  ["a b", NAME_TEXT],
  ["/a//b", NAME_TEXT],
  ["/a/é", NAME_TEXT],
  ["a/b", "Parameter name must be a fully qualified name."],
  ["/a/b/", "Parameter name must not end with slash."],
])("a parameter cannot be called %s", async ([Name, message]) => {
  await using ssm = anSsm();
  const put = { Name, Value: "1", Type: "String" };
  expect(await ssm.ask("PutParameter", put)).toEqual({ status: 400, __type: "ValidationException", message });
});

test.for(["awslimits", "/aws/a", "AWS-x"])("%s is a name of AWS's own", async (Name) => {
  await using ssm = anSsm();
  const message = `No access to reserved parameter name: ${Name}.`;
  const refused = { status: 400, __type: "AccessDeniedException", message };
  expect(await ssm.ask("PutParameter", { Name, Value: "1", Type: "String" })).toEqual(refused);
  expect(await ssm.ask("DeleteParameter", { Name })).toEqual(refused);
});

test.for([
  [
    { Value: "{{ssm:other}}" },
    `Parameter value: '{{ssm:other}}' failed to satisfy constraint: Parameter value can't nest another parameter. Do not use "{{}}" in the value.`,
  ],
  [
    { Value: "" },
    "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [{ Value: "x".repeat(4097) }, STANDARD_TEXT],
  [{ Value: "x".repeat(4097), Tier: "Standard" }, STANDARD_TEXT],
  [
    { Value: "x".repeat(8193), Tier: "Advanced" },
    "Advanced-tier parameters support a maximum parameter value of 8192 characters.",
  ],
  [{ DataType: "Text" }, "The following data type is not supported: Text. (Data type names are all lowercase.)"],
  [{ Type: undefined }, "A parameter type is required when you create a parameter."],
] as const)("a parameter cannot be made with %j", async ([given, message]) => {
  await using ssm = anSsm();
  const put = { Name: "a", Value: "1", Type: "String", ...given };
  expect(await ssm.ask("PutParameter", put)).toEqual({ status: 400, __type: "ValidationException", message });
});

test("a longer value makes an advanced parameter, where that is asked for or left open", async () => {
  await using ssm = anSsm();
  const put = { Type: "String", Value: "x".repeat(4097), Overwrite: true };
  const tierOf = async (more: object) => (await ssm.ask("PutParameter", { ...put, ...more })).Tier;
  expect(await tierOf({ Name: "a", Tier: "Advanced" })).toBe("Advanced");
  expect(await tierOf({ Name: "b", Tier: "Intelligent-Tiering" })).toBe("Advanced");
  expect(await tierOf({ Name: "b" })).toBe("Advanced");
  expect(await tierOf({ Name: "c", Tier: "Intelligent-Tiering", Value: "1" })).toBe("Standard");
});

test.for(["{", "[]", "1"])("%s is no input", async (text) => {
  await using ssm = anSsm();
  expect(await ssm.ask("GetParameter", text)).toMatchObject({ status: 400, __type: "SerializationException" });
});

test("an account has a thousand parameters in a region at most", async () => {
  await using ssm = anSsm();
  const put = { Value: "1", Type: "String" };
  for (let count = 0; count < 1000; count++) await ssm.ask("PutParameter", { Name: `p${count}`, ...put });
  expect((await ssm.ask("PutParameter", { Name: "more", ...put })).__type).toBe("ParameterLimitExceeded");
  expect((await ssm.ask("PutParameter", { Name: "p1", Value: "2", Overwrite: true })).status).toBe(200);
  expect((await ssm.ask("PutParameter", { Name: "more", ...put }, { region: "eu-west-1" })).status).toBe(200);
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
