import { CommandFailure } from "../failure.ts";
import { type HttpServer, textOf } from "./http.ts";

/** Where a call goes. */
export interface AwsScope {
  readonly account: string;
  readonly region: string;
}

const TARGETS = {
  sqs: { target: "AmazonSQS", version: "1.0" },
  kinesis: { target: "Kinesis_20131202", version: "1.1" },
} as const;

/** AWS's API of a server, for what has no control route. Nothing is signed: who calls is said, and believed. */
export class Aws {
  readonly #server: HttpServer;

  constructor(server: HttpServer) {
    this.#server = server;
  }

  get endpoint(): string {
    return this.#server.endpoint;
  }

  /** Throws CommandFailure with AWS's error. */
  async json(
    service: keyof typeof TARGETS,
    { operation, input, scope }: { operation: string; input: object; scope: AwsScope },
  ): Promise<Readonly<Record<string, unknown>>> {
    const { target, version } = TARGETS[service];
    const headers = { "Content-Type": `application/x-amz-json-${version}`, "X-Amz-Target": `${target}.${operation}` };
    const { isError, text } = await this.#post(JSON.stringify(input), { ...headers, ...callerHeaders(service, scope) });
    const answer = JSON.parse(text || "{}") as {
      readonly __type?: string;
      readonly message?: string;
      readonly Message?: string;
    };
    if (isError) throw failure(answer.__type?.split("#").at(-1), answer.message ?? answer.Message);
    return { ...answer };
  }

  /** The same in the Query protocol, which SNS speaks: the text of the first such element of the answer. */
  async query(element: string, input: Readonly<Record<string, string>>, scope: AwsScope): Promise<string | undefined> {
    const headers = { "Content-Type": "application/x-www-form-urlencoded", ...callerHeaders("sns", scope) };
    const { isError, text } = await this.#post(String(new URLSearchParams(input)), headers);
    if (isError) throw failure(elementOf(text, "Code"), elementOf(text, "Message"));
    return elementOf(text, element);
  }

  async #post(body: string, headers: Readonly<Record<string, string>>) {
    const message = await this.#server.request("/", { method: "POST", headers, body });
    return { isError: (message.statusCode ?? 0) >= 400, text: await textOf(message) };
  }
}

function callerHeaders(service: string, { account, region }: AwsScope): Readonly<Record<string, string>> {
  const credential = `${account}/20260101/${region}/${service}/aws4_request`;
  return {
    Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
    "X-Amz-Date": "20260101T000000Z",
  };
}

function failure(code = "the server", message = "refuses it"): CommandFailure {
  return new CommandFailure(`${code}: ${message}`);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function elementOf(xml: string, name: string): string | undefined {
  const [, behind] = xml.split(`<${name}>`, 2);
  const [text] = behind?.split("<", 1) ?? [];
  return text?.replace(/&(\w+);/g, (entity, letters: string) => ENTITIES[letters] ?? entity);
}
