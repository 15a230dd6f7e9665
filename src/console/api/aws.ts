import { place } from "../state/place.ts";
import { signatureOf, wires } from "./wire.ts";

/** Why AWS's API refused a call: the code and the text of the error. */
class AwsRefusal extends Error {
  override readonly name = "AwsRefusal";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message === "" ? code : message);
    this.code = code;
  }
}

/** Calls an operation of SQS or Kinesis as an SDK would. Throws AwsRefusal. */
export async function call<Output = unknown>(
  service: "sqs" | "kinesis",
  operation: string,
  input: object,
  { region = place.value.region, signal }: CallOptions = {},
): Promise<Output> {
  const { target, version } = wires[service];
  const response = await fetch("/", {
    method: "POST",
    headers: {
      "content-type": `application/x-amz-json-${version}`,
      "x-amz-target": `${target}.${operation}`,
      ...signatureFor(service, region),
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
  const body = new URLSearchParams({ Action: operation, Version: wires.sns.version });
  for (const [name, value] of Object.entries(input)) if (value !== undefined) body.set(name, value);
  const headers = signatureFor("sns", region);
  const response = await fetch("/", { method: "POST", headers, body, signal: signal ?? null });
  const answer = new DOMParser().parseFromString(await response.text(), "text/xml");
  if (response.ok) return answer;
  throw new AwsRefusal(textIn(answer, "Code"), textIn(answer, "Message"));
}

interface RestOptions extends CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Calls an operation of a service that has a path for each of them. Throws AwsRefusal. */
export async function callRest(
  service: string,
  method: "POST" | "PUT",
  path: string,
  { region = place.value.region, headers, body, signal }: RestOptions = {},
): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: { ...headers, ...signatureFor(service, region) },
    body: body ?? null,
    signal: signal ?? null,
  });
  if (response.ok) return response;
  const { message, Message } = (await response.json().catch(() => ({}))) as Failure;
  throw new AwsRefusal(response.headers.get("X-Amzn-ErrorType") ?? `${response.status}`, message ?? Message ?? "");
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

function signatureFor(service: string, region: string) {
  return signatureOf({ account: place.value.account, region, service });
}
