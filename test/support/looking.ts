import { Check, Errors } from "typebox/schema";
import { expect } from "vitest";
import type { EmulatorOptions } from "../../src/app/emulator.ts";
import { controlRoutes } from "../../src/app/modules/module-routes.ts";
import { anEmulator } from "./emulator.ts";

const SERVICES = {
  sqs: { target: "AmazonSQS", version: "1.0" },
  kinesis: { target: "Kinesis_20131202", version: "1.1" },
} as const;

interface CallOptions {
  readonly account?: string;
  readonly region?: string;
}

/** What a call of AWS's API has before its body. */
export function awsHeaders(
  service: keyof typeof SERVICES,
  operation: string,
  { account = "test", region = "us-east-1" }: CallOptions = {},
): Readonly<Record<string, string>> {
  const { target, version } = SERVICES[service];
  return {
    "content-type": `application/x-amz-json-${version}`,
    "x-amz-target": `${target}.${operation}`,
    authorization: authorization(account, region, service),
    "x-amz-date": "20260101T000000Z",
  };
}

/** An answer of a control route. */
// biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it.
type Answer = any;

/** A whole server, its time standing still, with what tests of control routes ask of it. */
export async function aLook(options: EmulatorOptions = {}) {
  const emulator = await anEmulator(options);
  const post = async (headers: Readonly<Record<string, string>>, body: string) => {
    const response = await fetch(emulator.endpoint, { method: "POST", headers, body });
    const text = await response.text();
    expect({ status: response.status, text }).toMatchObject({ status: 200 });
    return text;
  };
  const call =
    (service: keyof typeof SERVICES) =>
    async (operation: string, input: object, { account = "test", region = "us-east-1" }: CallOptions = {}) => {
      const text = await post(awsHeaders(service, operation, { account, region }), JSON.stringify(input));
      return (text === "" ? {} : JSON.parse(text)) as Answer;
    };
  const ask = async (route: string, method = "GET", body?: object) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${emulator.endpoint}/_waystation/${route}`, init);
    const answer: Answer = response.status === 204 ? undefined : await response.json();
    if (response.status === 200) expectAsPromised(method, route, answer);
    return { status: response.status, answer };
  };
  return {
    emulator,
    sqs: call("sqs"),
    kinesis: call("kinesis"),
    /** Calls SNS; answers with the text of the first such element. */
    sns: async (element: string, input: Readonly<Record<string, string>>, options: CallOptions = {}) => {
      const { account = "test", region = "us-east-1" } = options;
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        authorization: authorization(account, region, "sns"),
        "x-amz-date": "20260101T000000Z",
      };
      const text = await post(headers, String(new URLSearchParams(input)));
      return new RegExp(`<${element}>(.*?)</${element}>`, "s").exec(text)?.[1] ?? "";
    },
    /** Creates a queue; answers with its URL. */
    queue: async (QueueName: string, Attributes?: object, options?: CallOptions): Promise<string> =>
      (await call("sqs")("CreateQueue", { QueueName, Attributes }, options)).QueueUrl,
    ask,
    /** What a route answers with 200. */
    look: async (route: string): Promise<Answer> => {
      const { status, answer } = await ask(route);
      expect({ status, answer }).toMatchObject({ status: 200 });
      return answer;
    },
    /** The sentence a route refuses with, behind its status. */
    refusal: async (route: string, method?: string, body?: object): Promise<string> => {
      const { status, answer } = await ask(route, method, body);
      expect(Object.keys(answer)).toEqual(["message"]);
      return `${status} ${answer.message}`;
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

function authorization(account: string, region: string, service: string): string {
  return `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

/** Every answer is what the contract of its route promises. */
function expectAsPromised(method: string, route: string, answer: unknown): void {
  const [path] = route.split("?");
  const schema = controlRoutes.find(
    (known) => known.method === method && known.path === `/_waystation/${path}`,
  )?.answer;
  if (schema === undefined) throw new Error(`${method} ${path} promises nothing`);
  expect(Check(schema, answer), JSON.stringify(Errors(schema, answer))).toBe(true);
}
