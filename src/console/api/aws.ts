import { place } from "../state/place.ts";

/** Why AWS's API refused a call: the code and the text of the error. */
class AwsRefusal extends Error {
  override readonly name = "AwsRefusal";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message === "" ? code : message);
    this.code = code;
  }
}

const JSON_SERVICES = {
  sqs: { target: "AmazonSQS", version: "1.0" },
  kinesis: { target: "Kinesis_20131202", version: "1.1" },
} as const;

/** Calls an operation of SQS or Kinesis as an SDK would. Throws AwsRefusal. */
export async function call<Output = unknown>(
  service: keyof typeof JSON_SERVICES,
  operation: string,
  input: object,
  { region = place.value.region, signal }: CallOptions = {},
): Promise<Output> {
  const { target, version } = JSON_SERVICES[service];
  const response = await fetch("/", {
    method: "POST",
    headers: {
      "content-type": `application/x-amz-json-${version}`,
      "x-amz-target": `${target}.${operation}`,
      authorization: authorizationFor(service, region),
    },
    body: JSON.stringify(input),
    signal: signal ?? null,
  });
  const answer = (await response.json().catch(() => ({}))) as Failure & Output;
  if (response.ok) return answer;
  const code = (answer.__type ?? `${response.status}`).split("#").at(-1) ?? "";
  throw new AwsRefusal(code, answer.message ?? answer.Message ?? "");
}

/** Calls an operation of SNS, whose answer is XML. Throws AwsRefusal. */
export async function callSns(
  operation: string,
  input: Readonly<Record<string, string | undefined>>,
  { region = place.value.region, signal }: CallOptions = {},
): Promise<Document> {
  const body = new URLSearchParams({ Action: operation, Version: "2010-03-31" });
  for (const [name, value] of Object.entries(input)) if (value !== undefined) body.set(name, value);
  const headers = { authorization: authorizationFor("sns", region) };
  const response = await fetch("/", { method: "POST", headers, body, signal: signal ?? null });
  const answer = new DOMParser().parseFromString(await response.text(), "text/xml");
  if (response.ok) return answer;
  throw new AwsRefusal(textIn(answer, "Code"), textIn(answer, "Message"));
}

/** The text of the first element of that name. */
export function textIn(answer: Document, element: string): string {
  return answer.querySelector(element)?.textContent ?? "";
}

interface CallOptions {
  readonly region?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Failure {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

/** Says which account and region are meant. The signature is none, which nobody checks. */
function authorizationFor(service: string, region: string): string {
  const credential = `${place.value.account}/20260101/${region}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${"0".repeat(64)}`;
}
