import type { EmulatorOptions } from "../../../src/index.ts";
import { anEmulator } from "../../support/emulator.ts";

/** What a wait answers. */
export interface Answer {
  readonly status: number;
  readonly holds?: boolean;
  readonly message?: string;
  readonly text?: string;
  readonly count?: number;
  readonly wanted?: number;
  readonly messages?: readonly { readonly body?: string; readonly kind: string; readonly messageId?: string }[];
}

const SIGNED = "20260101/us-east-1";

/** A server whose default account's time stands still, with words for what tests of waiting do. */
export async function aServer(options: EmulatorOptions = {}) {
  const emulator = await anEmulator(options);
  const { endpoint } = emulator;
  const authorization = (service: string, account: string) =>
    `AWS4-HMAC-SHA256 Credential=${account}/${SIGNED}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const json = async <Out>(target: string, input: object, account = "000000000000"): Promise<Out> => {
    const isKinesis = target.startsWith("Kinesis");
    const response = await fetch(endpoint, {
      method: "POST",
      headers: {
        "content-type": `application/x-amz-json-1.${isKinesis ? 1 : 0}`,
        "x-amz-target": target,
        "x-amz-date": "20260101T000000Z",
        authorization: authorization(isKinesis ? "kinesis" : "sqs", account),
      },
      body: JSON.stringify(input),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return (text === "" ? {} : JSON.parse(text)) as Out;
  };
  const sqs = <Out = unknown>(operation: string, input: object, account?: string) =>
    json<Out>(`AmazonSQS.${operation}`, input, account);
  const ask = async (path: string, body: object, signal?: AbortSignal): Promise<Answer> => {
    const url = `${endpoint}/_waystation/${path}`;
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body), signal: signal ?? null });
    return { status: response.status, ...((await response.json()) as object) };
  };
  return {
    emulator,
    sqs,
    kinesis: <Out = unknown>(operation: string, input: object) => json<Out>(`Kinesis_20131202.${operation}`, input),
    async sns(parameters: Readonly<Record<string, string>>): Promise<string> {
      const headers = { authorization: authorization("sns", "000000000000") };
      const body = new URLSearchParams({ Version: "2010-03-31", ...parameters });
      const text = await (await fetch(endpoint, { method: "POST", headers, body })).text();
      return /<(?:TopicArn|MessageId|SubscriptionArn)>(.*?)</.exec(text)?.[1] ?? "";
    },
    wait: (query: object, signal?: AbortSignal) => ask("wait", query, signal),
    /** How things stand with a condition at this instant. */
    now: (query: object) => ask("wait", { timeout: 0, ...query }),
    expectNone: (query: object) => ask("expect-none", query),
    async createQueue(name: string, Attributes: object = {}): Promise<string> {
      const { QueueUrl } = await sqs<{ QueueUrl: string }>("CreateQueue", { QueueName: name, Attributes });
      return QueueUrl;
    },
    async receive(QueueUrl: string, more: object = {}): Promise<readonly string[]> {
      const { Messages = [] } = await sqs<{ Messages?: { ReceiptHandle: string }[] }>("ReceiveMessage", {
        QueueUrl,
        ...more,
      });
      return Messages.map(({ ReceiptHandle }) => ReceiptHandle);
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
