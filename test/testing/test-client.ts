import type { Emulator } from "../../src/index.ts";

/** What tests of the typed API send: requests of the Query protocol, as an account. */
export class TestClient {
  readonly #endpoint: string;

  constructor({ endpoint }: Pick<Emulator, "endpoint">) {
    this.#endpoint = endpoint;
  }

  async sqs(action: string, parameters: Readonly<Record<string, string>> = {}, account = "000000000000") {
    return this.#ask("sqs", { Version: "2012-11-05", Action: action, ...parameters }, account);
  }

  async sns(action: string, parameters: Readonly<Record<string, string>> = {}, account = "000000000000") {
    return this.#ask("sns", { Version: "2010-03-31", Action: action, ...parameters }, account);
  }

  async kinesis(operation: string, input: object): Promise<void> {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": `Kinesis_20131202.${operation}` };
    await this.#post(headers, JSON.stringify(input), { service: "kinesis", account: "000000000000" });
  }

  /** The URL of a queue. */
  url(queue: string, account = "000000000000"): string {
    return `${this.#endpoint}/${account}/${queue}`;
  }

  #ask(service: string, parameters: Readonly<Record<string, string>>, account: string): Promise<string> {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return this.#post(headers, new URLSearchParams(parameters).toString(), { service, account });
  }

  async #post(
    headers: Readonly<Record<string, string>>,
    body: string,
    { service, account }: { readonly service: string; readonly account: string },
  ): Promise<string> {
    const credential = `Credential=${account}/20260101/us-east-1/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0`;
    const signed = { ...headers, authorization, "x-amz-date": "20260101T000000Z" };
    const response = await fetch(this.#endpoint, { method: "POST", headers: signed, body });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  }
}
