/** What Kinesis wants to see of a signature. */
const SIGNED = {
  Authorization:
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host;x-amz-date, Signature=00",
  "X-Amz-Date": "20260101T000000Z",
};

/** Asks a server that may be killed meanwhile. */
export class Client {
  readonly #endpoint: string;

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

  async #post(headers: Readonly<Record<string, string>>, body: string): Promise<string | undefined> {
    let answer: { readonly status: number; readonly text: string };
    try {
      const response = await fetch(this.#endpoint, { method: "POST", headers, body });
      answer = { status: response.status, text: await response.text() };
    } catch {
      return undefined; // the server was killed
    }
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
    return answer.text;
  }
}

/** As much of answers as is looked at. */
export interface Answer {
  readonly Messages?: readonly { readonly Body: string; readonly ReceiptHandle: string }[];
  readonly SequenceNumber?: string;
}
