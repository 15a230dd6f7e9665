import { Agent, request } from "node:http";

/** What Kinesis wants to see of a signature. */
const SIGNED = {
  Authorization:
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host;x-amz-date, Signature=00",
  "X-Amz-Date": "20260101T000000Z",
};

/** Asks a server that may be killed meanwhile. */
export class Client implements Disposable {
  readonly #endpoint: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** The answer, or undefined when none came. Throws when it is a refusal. */
  async ask(service: "sqs" | "kinesis", operation: string, input: object): Promise<Answer | undefined> {
    const [target, version] = service === "sqs" ? ["AmazonSQS", "1.0"] : ["Kinesis_20131202", "1.1"];
    const headers = {
      ...(service === "kinesis" && SIGNED),
      "Content-Type": `application/x-amz-json-${version}`,
      "X-Amz-Target": `${target}.${operation}`,
    };
    const text = await this.#post(headers, JSON.stringify(input));
    return text === undefined ? undefined : (JSON.parse(text || "{}") as Answer);
  }

  /** The same of SNS, whose answers are of no interest. */
  sns(parameters: Readonly<Record<string, string>>): Promise<string | undefined> {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    return this.#post(headers, new URLSearchParams({ ...parameters, Version: "2010-03-31" }).toString());
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  #post(headers: Readonly<Record<string, string>>, body: string): Promise<string | undefined> {
    const { promise, resolve, reject } = promised();
    const killed = () => resolve(undefined);
    const asked = request(this.#endpoint, { method: "POST", headers, agent: this.#agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("error", killed).on("end", () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${response.statusCode}: ${text}`));
      });
    });
    asked.on("error", killed).end(body);
    return promise;
  }
}

function promised() {
  let resolve: (text: string | undefined) => void = () => {};
  let reject: (refusal: Error) => void = () => {};
  const promise = new Promise<string | undefined>((answered, refused) => {
    [resolve, reject] = [answered, refused];
  });
  return { promise, resolve, reject };
}

/** As much of answers as is looked at. */
export interface Answer {
  readonly Messages?: readonly { readonly Body: string; readonly ReceiptHandle: string }[];
  readonly SequenceNumber?: string;
}
