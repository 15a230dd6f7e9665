import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulator, startWaystation } from "../../../src/index.ts";
import { foreignServices } from "../../../src/server/foreign/catalogue.ts";

let aws: Emulator;
beforeAll(async () => {
  aws = await startWaystation();
});
afterAll(() => aws.close());

/** What is said of a service that is not served. */
async function sentence(title: string, variable: string): Promise<string> {
  const { services } = (await (await fetch(aws.endpoint)).json()) as { readonly services: readonly string[] };
  const served = new Intl.ListFormat("en").format(services);
  expect(served).toMatch(/^Amazon SQS, Amazon SNS, Amazon Kinesis Data Streams, .*AWS STS/);
  return `Waystation has no ${title}: point AWS_ENDPOINT_URL_${variable} elsewhere. It serves ${served}.`;
}

/** A request as the SDK of that service sends it. */
interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const json = (version: string, target: string): Sent => ({
  body: "{}",
  headers: { "content-type": `application/x-amz-json-${version}`, "x-amz-target": target },
});
const form = (action: string, version: string): Sent => ({
  body: `Action=${action}&Version=${version}`,
  headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
});

async function send(signingName: string, { method = "POST", path = "/", body, headers = {} }: Sent) {
  const credential = `test/20260101/us-east-1/${signingName}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=0`;
  const init = { method, headers: { ...headers, authorization }, ...(body !== undefined && { body }) };
  const response = await fetch(`${aws.endpoint}${path}`, init);
  return { status: response.status, type: response.headers.get("x-amzn-errortype"), text: await response.text() };
}

test.for([
  ["Amazon DynamoDB", "DYNAMODB", "dynamodb", 400, json("1.0", "DynamoDB_20120810.ListTables")],
  ["Amazon EventBridge", "EVENTBRIDGE", "events", 400, json("1.1", "AWSEvents.PutEvents")],
  ["AWS Secrets Manager", "SECRETS_MANAGER", "secretsmanager", 400, json("1.1", "secretsmanager.GetSecretValue")],
  ["AWS Step Functions", "SFN", "states", 400, json("1.0", "AWSStepFunctions.StartExecution")],
  ["Amazon EventBridge Scheduler", "SCHEDULER", "scheduler", 404, { path: "/schedules/s", body: "{}" }],
  ["Amazon EventBridge Pipes", "PIPES", "pipes", 404, { method: "GET", path: "/v1/pipes" }],
] as const)(
  "%s is refused in JSON, with its code in a header: %s, %s, %i, %o",
  async ([title, name, id, status, sent]) => {
    const { text, ...answer } = await send(id, sent);
    expect(answer).toEqual({ status, type: "UnknownOperationException" });
    expect(JSON.parse(text).message).toBe(await sentence(title, name));
  },
);

test.for([
  ["AWS IAM", "IAM", "iam", form("ListUsers", "2010-05-08")],
  ["Amazon EC2", "EC2", "ec2", form("DescribeInstances", "2016-11-15")],
  ["Amazon Route 53", "ROUTE_53", "route53", { method: "GET", path: "/2013-04-01/hostedzone" }],
] as const)("%s is refused in XML: %s, %s, %o", async ([title, name, id, sent]) => {
  const { status, text } = await send(id, sent);
  expect(status).toBe(400);
  const message = await sentence(title, name);
  expect(text).toContain(`<Code>InvalidAction</Code><Message>${message}</Message>`);
});

test("what is served is refused nobody", async () => {
  expect((await send("s3", { method: "GET" })).status).toBe(200);
  expect((await send("ssm", json("1.1", "AmazonSSM.GetParameters"))).text).not.toContain("Waystation has no");
});

test("variables are those that SDKs read: the service id in capital letters, underscores for blanks", () => {
  const variables = foreignServices.map(({ variable }) => variable);
  expect(variables.filter((variable) => !/^AWS_ENDPOINT_URL_[A-Z0-9]+(?:_[A-Z0-9]+)*$/.test(variable ?? ""))).toEqual(
    [],
  );
  expect(new Set(variables).size).toBe(variables.length);
});
