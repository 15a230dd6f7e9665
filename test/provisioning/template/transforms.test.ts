import { expect, test } from "vitest";
import { processedBody } from "../../../src/provisioning/template/template.ts";
import { processedTemplate, resolved } from "../../support/provisioning.ts";

const QUEUE = "AWS::SQS::Queue";

test("loops become their copies, in names and texts, inside each other and over parameters", async () => {
  const template = {
    Transform: "AWS::LanguageExtensions",
    Parameters: { Names: { Type: "CommaDelimitedList", Default: "a-1,b-2" } },
    Resources: {
      "Fn::ForEach::Outer": [
        "Name",
        { Ref: "Names" },
        {
          "Queue&{Name}": {
            Type: QUEUE,
            Properties: { QueueName: "q-${Name}", "Fn::ForEach::Tagged": ["P", ["DelaySeconds"], { "${P}": 1 }] },
          },
          "Fn::ForEach::Inner": [
            "Kind",
            ["X", "Y"],
            { "Queue&{Name}${Kind}": { Type: QUEUE, Properties: { QueueName: { Ref: "Name" } } } },
          ],
        },
      ],
    },
    Outputs: {
      "Fn::ForEach::Out": ["N", ["a1", "b2"], { "Url${N}": { Value: { "Fn::GetAtt": ["Queue${N}", "QueueUrl"] } } }],
    },
  };
  const { Resources, Outputs, Transform } = processedBody(await processedTemplate(template));
  expect(Transform).toBeUndefined();
  expect(Resources).toEqual({
    Queuea1: { Type: QUEUE, Properties: { QueueName: "q-a-1", DelaySeconds: 1 } },
    Queuea1X: { Type: QUEUE, Properties: { QueueName: "a-1" } },
    Queuea1Y: { Type: QUEUE, Properties: { QueueName: "a-1" } },
    Queueb2: { Type: QUEUE, Properties: { QueueName: "q-b-2", DelaySeconds: 1 } },
    Queueb2X: { Type: QUEUE, Properties: { QueueName: "b-2" } },
    Queueb2Y: { Type: QUEUE, Properties: { QueueName: "b-2" } },
  });
  expect(Outputs).toEqual({
    Urla1: { Value: { "Fn::GetAtt": ["Queuea1", "QueueUrl"] } },
    Urlb2: { Value: { "Fn::GetAtt": ["Queueb2", "QueueUrl"] } },
  });
});

test("with the language extensions resources are named by functions, and without them by names alone", async () => {
  const template = {
    Parameters: { Stage: { Type: "String", Default: "Prod" } },
    Mappings: { Ids: { Prod: { queue: "QueueProd" } } },
    Resources: { QueueProd: { Type: QUEUE } },
    Outputs: {
      Url: { Value: { Ref: { "Fn::Sub": "Queue${Stage}" } } },
      Name: { Value: { "Fn::GetAtt": [{ "Fn::Join": ["", ["Queue", { Ref: "Stage" }]] }, "QueueName"] } },
      Arn: { Value: { "Fn::GetAtt": [{ "Fn::FindInMap": ["Ids", { Ref: "Stage" }, "queue"] }, "Arn"] } },
    },
  };
  const { Outputs } = processedBody(await processedTemplate({ Transform: "AWS::LanguageExtensions", ...template }));
  expect(Outputs).toEqual({
    Url: { Value: { Ref: "QueueProd" } },
    Name: { Value: { "Fn::GetAtt": ["QueueProd", "QueueName"] } },
    Arn: { Value: { "Fn::GetAtt": ["QueueProd", "Arn"] } },
  });
  await expect(resolved(template)).rejects.toThrow("Every Ref object must have a single String value.");
});

test("lengths, JSON texts and defaults of mappings come with the language extensions", async () => {
  const template = {
    Transform: "AWS::LanguageExtensions",
    Mappings: { M: { a: { b: "c" } } },
    Resources: {
      Q: {
        Type: QUEUE,
        Properties: {
          DelaySeconds: { "Fn::Length": ["x", "y"] },
          RedrivePolicy: { "Fn::ToJsonString": { deadLetterTargetArn: { "Fn::GetAtt": ["D", "Arn"] } } },
          QueueName: { "Fn::FindInMap": ["M", "none", "b", { DefaultValue: "fallback" }] },
        },
      },
      D: { Type: QUEUE },
    },
  };
  const { resources } = await resolved(template);
  expect(resources.get("Q")?.properties).toMatchObject({ DelaySeconds: 2, QueueName: "fallback" });
  const { Transform: _gone, ...plain } = template;
  await expect(resolved(plain)).rejects.toThrow("Template error: Encountered unsupported function: Fn::Length");
});

test("what is included stands beside its siblings, at any level", async () => {
  const texts: Readonly<Record<string, string>> = {
    "s3://b/us-east-1/properties.yaml": "DelaySeconds: 5",
    "s3://b/resources.json": JSON.stringify({ B: { Type: QUEUE } }),
    "s3://b/top.yaml": "Outputs: {Url: {Value: !Ref A}}",
  };
  const include = (Location: unknown) => ({ Name: "AWS::Include", Parameters: { Location } });
  const template = {
    Transform: include("s3://b/top.yaml"),
    Resources: {
      "Fn::Transform": include("s3://b/resources.json"),
      A: {
        Type: QUEUE,
        Properties: {
          VisibilityTimeout: 1,
          "Fn::Transform": include({ "Fn::Sub": "s3://b/${AWS::Region}/properties.yaml" }),
        },
      },
    },
  };
  const included = async (location: string): Promise<string | undefined> => texts[location];
  expect(processedBody(await processedTemplate(template, { included }))).toEqual({
    Resources: {
      A: { Type: QUEUE, Properties: { VisibilityTimeout: 1, DelaySeconds: 5 } },
      B: { Type: QUEUE },
    },
    Outputs: { Url: { Value: { Ref: "A" } } },
  });
  await expect(processedTemplate(template)).rejects.toThrow("could not be read: s3://b/us-east-1/properties.yaml");
});

const loop = (collection: unknown, body: unknown = { "Q${N}": { Type: QUEUE } }) => ({
  Transform: "AWS::LanguageExtensions",
  Resources: { "Fn::ForEach::L": ["N", collection, body] },
});
const refused: readonly (readonly [what: string, template: object, message: string])[] = [
  ["a collection that is no list", loop("a"), "Template error: the collection of Fn::ForEach::L must be a list"],
  [
    "a collection of objects",
    loop([{ a: 1 }]),
    "Template error: the collection of Fn::ForEach::L must be a list of strings",
  ],
  [
    "a body that is no object",
    loop(["a"], "b"),
    "Template error: Fn::ForEach::L requires an identifier, a collection and an object",
  ],
  [
    "a loop over what depends on resources",
    loop({ "Fn::GetAtt": ["Q", "Arn"] }),
    "Template error: a transform cannot depend on resources",
  ],
];

test.for(refused)("%s is refused", async ([, template, message]) => {
  await expect(processedTemplate(template)).rejects.toThrow(message);
});

test("loops inside each other cannot make more than there is memory for", async () => {
  const many = Array.from({ length: 100 }, (_, index) => String(index));
  const nested = [1, 2, 3, 4].reduce<object>(
    (body, level) => ({ [`Fn::ForEach::L${level}`]: [`N${level}`, many, body] }),
    {
      "Q${N1}${N2}${N3}${N4}": { Type: QUEUE },
    },
  );
  await expect(processedTemplate({ Transform: "AWS::LanguageExtensions", Resources: nested })).rejects.toThrow(
    "the functions of the template make more than 16777216 characters",
  );
});
