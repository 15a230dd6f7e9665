import type { IncomingMessage } from "node:http";
import { parseJsonObject } from "../../kernel/json/json-object.ts";
import { MOST_PAYLOAD_BYTES, tooLargeAnswer } from "../error-document.ts";
import { truncated } from "./calls.ts";
import { Refusal, type RuntimeAnswer, type RuntimeSession, type TakenTask } from "./session.ts";

/** Most bytes of an answer that is streamed. AWS: Lambda quotas, 200 MB. */
const MOST_STREAMED_BYTES = 200 * 1024 * 1024;
const ERROR_WITH_CAUSE = "application/vnd.aws.lambda.error.cause+json";

const TYPE_FIELD = "lambda-runtime-function-error-type";
const BODY_FIELD = "lambda-runtime-function-error-body";
const MODE_FIELD = "lambda-runtime-function-response-mode";

/** What the function answers. Accepts it, or throws Refusal. */
export async function postAnswer(
  session: RuntimeSession,
  id: string,
  request: IncomingMessage,
  accept: () => void,
): Promise<void> {
  const task = session.begin(id, "InvocationResponse");
  const isStreamed = isStreaming(session, request);
  const { onChunk } = task.invocation;
  const answer = await answerOf(session, task, () =>
    isStreamed && onChunk !== undefined ? passedOn(request, onChunk) : whole(request),
  );
  accept();
  session.finish(task, lateError(request) ?? answer);
}

/** The document of an error, as it stands in the body. */
export async function postError(
  session: RuntimeSession,
  id: string,
  request: IncomingMessage,
  accept: () => void,
): Promise<void> {
  const task = session.begin(id, "InvocationErrorResponse");
  const { payload } = await answerOf(session, task, () => whole(request));
  accept();
  session.finish(task, errorIn(request.headers, payload));
}

/** The process cannot start. */
export async function postInitError(
  session: RuntimeSession,
  request: IncomingMessage,
  accept: () => void,
): Promise<void> {
  session.checkInit();
  const document = documentOf(request.headers, await whole(request));
  session.failInit(document);
  accept();
}

function isStreaming(session: RuntimeSession, request: IncomingMessage): boolean {
  const mode = request.headers[MODE_FIELD];
  if (mode === undefined) return false;
  if (mode === "streaming") return true;
  session.breakOff();
  throw new Refusal(400, "InvalidFunctionResponseMode", "Invalid function response mode");
}

/** One that is too large is the function's answer for good; one that broke off may come again. */
async function answerOf(session: RuntimeSession, task: TakenTask, read: () => Promise<string>): Promise<RuntimeAnswer> {
  try {
    return { type: "answered", payload: await read() };
  } catch (cause) {
    if (cause instanceof Refusal && cause.status === 413) {
      session.finish(task, { type: "failed", payload: tooLargeAnswer() });
    } else session.breakOff();
    throw cause;
  }
}

async function whole(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  await read(request, MOST_PAYLOAD_BYTES, (chunk) => void chunks.push(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

async function passedOn(request: IncomingMessage, onChunk: (chunk: Buffer) => void | Promise<void>): Promise<string> {
  await read(request, MOST_STREAMED_BYTES, onChunk);
  return "";
}

/** What is too much is read to its end as well, so that the process hears the answer, and thrown away. */
async function read(
  request: IncomingMessage,
  mostBytes: number,
  take: (chunk: Buffer) => void | Promise<void>,
): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= mostBytes) await take(chunk);
    }
  } catch {
    throw truncated();
  }
  if (bytes > mostBytes) throw tooLarge(mostBytes);
  if (!request.complete) throw truncated();
}

const tooLarge = (mostBytes: number): Refusal =>
  new Refusal(413, "RequestEntityTooLarge", `Exceeded maximum allowed payload size (${mostBytes} bytes).`);

/** An error that came up while the answer was on its way stands behind it. Clients also announce it when there is none. */
function lateError({ trailers }: IncomingMessage): RuntimeAnswer | undefined {
  const errorType = trailers[TYPE_FIELD];
  if (errorType === undefined || errorType === "") return undefined;
  const body = Buffer.from(trailers[BODY_FIELD] ?? "", "base64").toString("utf8");
  return { type: "failed", payload: body || JSON.stringify({ errorType: knownType(errorType), errorMessage: "" }) };
}

/** What a function says of an error. Errors go to the caller as they are; one without a body has its type at least. */
export function errorIn(headers: IncomingMessage["headers"], body: string): RuntimeAnswer {
  return { type: "failed", payload: documentOf(headers, body) };
}

/** Whether an answer is to be passed on as it comes, or in some other way than whole. */
export function hasMode(headers: IncomingMessage["headers"]): boolean {
  return headers[MODE_FIELD] !== undefined;
}

function documentOf(headers: IncomingMessage["headers"], body: string): string {
  if (headers["content-type"] === ERROR_WITH_CAUSE) {
    const { errorCause: _cause, ...document } = parseJsonObject(body) ?? {};
    return JSON.stringify(document);
  }
  if (body !== "") return body;
  const field = headers[TYPE_FIELD];
  return JSON.stringify({ errorType: knownType(typeof field === "string" ? field : ""), errorMessage: "" });
}

/** AWS: only such types are kept. */
function knownType(text: string): string {
  if (/^(?:Runtime|Function)\.[A-Z][a-zA-Z]+$/.test(text)) return text;
  return text.startsWith("Function.") ? "Function.Unknown" : "Runtime.Unknown";
}
