import { describe, expect, test } from "vitest";
import {
  aFunction,
  aLambda,
  arnOf,
  CODE,
  clause,
  conflict,
  invalid,
  notFound,
  violation,
} from "../../support/lambda.ts";
import { zipOf } from "../../support/zip.ts";

// Lambda reference 3.2

const ROLE_PATTERN = "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+";
const NAME_65 = "n".repeat(65);
const WRITE_PATTERN =
  "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";
const ENVIRONMENT =
  "Lambda was unable to configure your environment variables because the environment variables you have provided";

const ELSEWHERE =
  "The resource specified by the TargetArn must be in the same region as the Lambda function it's associated with.";
const DEAD_LETTERS: readonly (readonly [arn: string, reason: string])[] = [
  ["arn:aws:sqs:us-west-2:000000000000:q", ELSEWHERE],
  ["arn:aws:s3:::bucket", ELSEWHERE],
  [arnOf("g"), "The service specified by the TargetArn is not supported for dead letter configuration."],
  ["arn:aws:sqs:us-east-1:000000000000:q.fifo", "FIFO SQS queue is not supported for dead letter configuration"],
  ["arn:aws:sns:us-east-1:000000000000:t.fifo", "FIFO SNS topic is not supported for dead letter configuration"],
];

const layer = (name: string, version = 1) => `arn:aws:lambda:us-east-1:000000000000:layer:${name}:${version}`;

const IMAGE = {
  ...{ PackageType: "Image", Runtime: undefined, Handler: undefined },
  Code: { ImageUri: "000000000000.dkr.ecr.us-east-1.amazonaws.com/app:1" },
};
const signing = (account: string) => `arn:aws:lambda:us-east-1:${account}:code-signing-config:csc-0123456789abcdef0`;
const ACCESS_POINT = "arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0";
const SnapStart = { ApplyOn: "PublishedVersions" };

describe("CreateFunction refuses", () => {
  test.for<[what: string, change: object, error: string]>([
    [
      "a bad role",
      { Role: "r" },
      violation(clause("r", "role", `Member must satisfy regular expression pattern: ${ROLE_PATTERN}`)),
    ],
    [
      "two architectures",
      { Architectures: ["x86_64", "arm64"] },
      violation(clause("[x86_64, arm64]", "architectures", "Member must have length less than or equal to 1")),
    ],
    [
      "an architecture that is none",
      { Architectures: ["z80"] },
      violation(
        clause(
          "[z80]",
          "architectures",
          "Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
        ),
      ),
    ],
    [
      "a name that is long and no name, the length first",
      { FunctionName: `${"n".repeat(140)}!` },
      violation(
        clause(`${"n".repeat(140)}!`, "functionName", "Member must have length less than or equal to 140"),
        clause(
          `${"n".repeat(140)}!`,
          "functionName",
          `Member must satisfy regular expression pattern: ${WRITE_PATTERN}`,
        ),
      ),
    ],
    [
      "a name of 65 characters",
      { FunctionName: NAME_65 },
      invalid(
        `1 validation error detected: ${clause(NAME_65, "functionName", "Member must have length less than or equal to 64")}`,
      ),
    ],
    ["the ARN of another account", { FunctionName: arnOf("f", "111111111111") }, "403 AccessDeniedException: "],
    [
      "the ARN of another region",
      { FunctionName: "arn:aws:lambda:eu-west-1:000000000000:function:f" },
      notFound("Functions from 'eu-west-1' are not reachable in this region ('us-east-1')"),
    ],
    [
      "code that is no zip file",
      { Code: { ZipFile: Buffer.from("hello") } },
      invalid("Could not unzip uploaded file. Please check your file, then try to upload again."),
    ],
    [
      "code that leads out of its folder",
      { Code: { ZipFile: zipOf([{ name: "../a", content: "" }]) } },
      invalid("Could not unzip uploaded file. Please check your file, then try to upload again."),
    ],
    [
      "code that is not in its bucket",
      { Code: { S3Bucket: "bucket", S3Key: "none" } },
      invalid(
        "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.",
      ),
    ],
    ["no code", { Code: {} }, invalid("Please provide a source for function code.")],
    [
      "a directory that is not there",
      { Code: { S3Bucket: "hot-reload", S3Key: "/nowhere" } },
      invalid(
        "With the bucket hot-reload, S3Key has to be the absolute path of a directory on the machine of the emulator: /nowhere",
      ),
    ],
    [
      "more than 50 tags",
      { Tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, ""])) },
      invalid("Number of tags exceeds resource tag limit."),
    ],
    [
      "a tag that is long",
      { Tags: { a: "x".repeat(257) } },
      invalid("A tag has 128 characters of key and 256 of value at most: a"),
    ],
    [
      "words for an image without end",
      { ...IMAGE, ImageConfig: { Command: ["x".repeat(65_536)] } },
      invalid("Waystation keeps 65536 characters of a configuration that it does not act on"),
    ],
    [
      "a zip file without a handler",
      { Handler: undefined },
      invalid("Runtime and Handler are mandatory parameters for functions created with deployment packages."),
    ],
    [
      "an image with a handler",
      { ...IMAGE, Handler: "index.handler" },
      invalid("Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image."),
    ],
    [
      "an image with layers",
      { ...IMAGE, Layers: [layer("a")] },
      invalid("Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image."),
    ],
    ["an image in a bucket", { ...IMAGE, Code: { S3Bucket: "bucket", S3Key: "k" } }, invalid("ImageUri is required.")],
    ...[
      "public.ecr.aws/lambda/python:3.12",
      "000000000000.dkr.ecr.eu-west-1.amazonaws.com/app:1",
      "000000000000.dkr.ecr-fips.us-east-1.amazonaws.com/app:1",
    ].map((ImageUri): [what: string, change: object, error: string] => [
      `the image ${ImageUri}`,
      { ...IMAGE, Code: { ImageUri } },
      invalid(`Source image ${ImageUri} is not valid. Provide a valid source image.`),
    ]),
    [
      "words for an image that a zip file is not",
      { ImageConfig: { Command: ["a"] } },
      invalid("The ImageConfig parameter is not supported for functions created with deployment packages."),
    ],
    [
      "signing of an image",
      { ...IMAGE, CodeSigningConfigArn: signing("000000000000") },
      invalid("Code signing is not supported for functions created with container images."),
    ],
    [
      "signing of another account",
      { CodeSigningConfigArn: signing("111122223333") },
      invalid(
        `The code signing configuration must be in the same account as the Lambda function. Check the provided ARN: ${signing("111122223333")}.`,
      ),
    ],
    [
      "a file system without a network",
      { FileSystemConfigs: [{ Arn: ACCESS_POINT, LocalMountPath: "/mnt/a" }] },
      invalid(
        `Function must be configured to execute in a VPC to reference access point ${ACCESS_POINT}. Please update the function configuration to include VPC subnets and security groups.`,
      ),
    ],
    ...[{ SubnetIds: ["subnet-1"] }, { SecurityGroupIds: ["sg-1"], SubnetIds: [] }].map(
      (VpcConfig): [what: string, change: object, error: string] => [
        `the network ${JSON.stringify(VpcConfig)}`,
        { VpcConfig },
        invalid("SubnetIds and SecurityIds must coexist or be both empty list."),
      ],
    ),
    ["SnapStart with Node", { SnapStart }, invalid("nodejs22.x is not supported for SnapStart enabled functions.")],
    [
      "SnapStart of an image",
      { ...IMAGE, SnapStart },
      invalid("ContainerImage is not supported for SnapStart enabled functions."),
    ],
    [
      "SnapStart with tenants",
      { Runtime: "python3.13", SnapStart, TenancyConfig: { TenantIsolationMode: "PER_TENANT" } },
      invalid("SnapStart is not supported for functions enabled with tenancy configuration."),
    ],
    [
      "a layer of another region",
      { Layers: ["arn:aws:lambda:eu-west-1:111122223333:layer:l1:1"] },
      "403 AccessDeniedException: User: arn:aws:iam::000000000000:user/waystation is not authorized to perform: lambda:GetLayerVersion on resource: arn:aws:lambda:eu-west-1:111122223333:layer:l1:1 because no resource-based policy allows the lambda:GetLayerVersion action",
    ],
    [
      "two versions of a layer",
      { Layers: [layer("a"), layer("b"), layer("a", 2)] },
      invalid(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${layer("a")} and ${layer("a", 2)} are versions of the same layer.`,
      ),
    ],
    [
      "six layers",
      { Layers: ["a", "b", "c", "d", "e", "f"].map((name) => layer(name)) },
      invalid("Cannot reference more than 5 layers."),
    ],
    ...["nodejs14.x", "python3.7", "go1.x", "provided"].map((Runtime): [string, object, string] => [
      `the retired runtime ${Runtime}`,
      { Runtime },
      invalid(
        `The runtime parameter of ${Runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
      ),
    ]),
    [
      "more memory than there is",
      { MemorySize: 10_241 },
      invalid("'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240"),
    ],
    ...["AWS/lambda/f", "aws/lambda/f"].map((LogGroup): [string, object, string] => [
      `the log group ${LogGroup}`,
      { LoggingConfig: { LogGroup } },
      invalid("Log groups starting with AWS/ are reserved for AWS. Update the LogGroup value and try again."),
    ]),
    ...["ApplicationLogLevel", "SystemLogLevel"].map((level): [string, object, string] => [
      `an ${level} of a log in text`,
      { LoggingConfig: { LogFormat: "Text", [level]: "DEBUG" } },
      invalid(
        'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.',
      ),
    ]),
    ...DEAD_LETTERS.map(([TargetArn, reason]): [string, object, string] => [
      `dead letters to ${TargetArn}`,
      { DeadLetterConfig: { TargetArn } },
      invalid(`Invalid dead letter queue ARN: ${reason}`),
    ]),
    [
      "a variable whose name begins with a digit, without its value",
      { Environment: { Variables: { "1A": "secret" } } },
      violation(
        "Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
      ),
    ],
    [
      "code both with the request and in a bucket",
      { Code: { ZipFile: CODE, S3Bucket: "bucket", S3Key: "key" } },
      invalid("Please do not provide other FunctionCode parameters when providing a ZipFile."),
    ],
    ...[{ S3Bucket: "bucket" }, { S3Key: "key" }].map((Code): [string, object, string] => [
      `code of ${Object.keys(Code)} alone`,
      { Code },
      invalid("S3 Bucket and Key are required for uploading with S3 parameters."),
    ]),
    [
      "a variable of the platform",
      { Environment: { Variables: { AWS_REGION: "x" } } },
      invalid(
        `${ENVIRONMENT} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION`,
      ),
    ],
  ])("%s", async ([, change, error]) => {
    expect(await aLambda().failure("CreateFunction", { FunctionName: "f", ...aFunction, ...change })).toBe(error);
  });

  test("a runtime that there never was, by all that can be used", async () => {
    const text = await aLambda().failure("CreateFunction", { FunctionName: "f", ...aFunction, Runtime: "PYTHON3.12" });
    expect(text).toMatch(
      /^400 InvalidParameterValueException: Value PYTHON3.12 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs16\.x, java8\.al2, .*python3\.14, .*\] or be a valid ARN$/,
    );
  });

  test("variables of more than 4 KB", async () => {
    const fits = { Variables: { AA: "x".repeat(4096 - '{"AA":""}'.length) } };
    const { create, failure } = aLambda();
    expect((await create("f", { Environment: fits })).Environment).toEqual(fits);
    const Environment = { Variables: { AA: `${fits.Variables.AA}x` } };
    const text = await failure("CreateFunction", { FunctionName: "g", ...aFunction, Environment });
    expect(text).toBe(invalid(`${ENVIRONMENT} exceeded the 4KB limit. Measured size: 4097 bytes`));
  });

  test("a name that there is, whatever its code", async () => {
    const { create, failure } = aLambda();
    await create();
    const again = { FunctionName: arnOf("f"), ...aFunction, Code: { ZipFile: new Uint8Array(1) } };
    expect(await failure("CreateFunction", again)).toBe(conflict("Function already exist: f"));
  });

  test("code that nothing is left for, and keeps nothing of it", async () => {
    const { create, failure, call } = aLambda({ mostCodeBytes: CODE.length });
    await create();
    const storage = "400 CodeStorageExceededException: Code storage limit exceeded.";
    expect(await failure("CreateFunction", { FunctionName: "g", ...aFunction })).toBe(storage);
    await call("DeleteFunction", { FunctionName: "f" });
    expect(await create("g")).toMatchObject({ FunctionName: "g" });
    expect(await failure("UpdateFunctionCode", { FunctionName: "g", ZipFile: CODE })).toBe(storage);
  });
});

test("characters of tags are counted, not what UTF-16 writes them in", async () => {
  const { call } = aLambda();
  const Tags = { ["𠮷".repeat(128)]: "𠮷".repeat(256) };
  await call("CreateFunction", { FunctionName: "f", ...aFunction, Tags });
  expect(await call("ListTags", { Resource: arnOf("f") })).toEqual({ Tags });
});

test("functions that are made at the same time are all there, in an account that had none", async () => {
  const { call, create, directory } = aLambda();
  await Promise.all(["a", "b", "c"].map((name) => create(name)));
  const { Functions } = await call("ListFunctions");
  expect(Functions.map(({ FunctionName }: { readonly FunctionName: string }) => FunctionName)).toEqual(["a", "b", "c"]);
  expect(directory.within({})).toHaveLength(1);
});

test("a function whose code was still looked at when everything was forgotten is of what came then", async () => {
  const { create, directory } = aLambda();
  await create("before");
  const creating = create("after");
  directory.reset();
  await creating;
  expect(directory.within({}).flatMap((functions) => [...functions.list()].map(({ name }) => name))).toEqual(["after"]);
});
