import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import {
  accepted,
  BASE,
  type CallAnswer,
  eventOf,
  invocationId,
  NEXT,
  notFound,
  OF_INVOCATION,
  pong,
  refusalOf,
  textOf,
  truncated,
} from "./calls.ts";
import { postAnswer, postError, postInitError } from "./posted.ts";
import type { RuntimeSession } from "./session.ts";

/** The latest call of a connection. */
const latest = new WeakMap<Socket, Promise<void>>();

/** Serves a call that came by way of node:http, whatever its form, after those that came before it on its connection. */
export function handleCall(session: RuntimeSession, request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.on("error", () => {}); // the process hung up, which whoever reads is told by itself
  response.on("error", () => {});
  const { socket } = request;
  const earlier = latest.get(socket) ?? Promise.resolve();
  const call = earlier.then(() => handle(session, request, response));
  latest.set(socket, call);
  return call;
}

async function handle(session: RuntimeSession, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { method, url = "" } = request;
    if (method === "GET" && url === NEXT) next(session, response);
    else if (method === "GET" && url === `${BASE}/ping`) write(response, pong);
    else if (method === "POST") await post(session, url, request, () => write(response, accepted));
    else throw notFound();
  } catch (cause) {
    // What is left of a body that nobody wants is not read, and the next request would begin in the middle of it.
    if (!request.complete) response.setHeader("Connection", "close");
    write(response, refusalOf(cause));
  }
}

/** What is no HTTP, or a body that ends before the length that was announced. */
export function refuseMalformed(_error: Error, socket: Socket): void {
  if (socket.writable) socket.end(textOf(refusalOf(truncated()), "close"));
  else socket.destroy();
}

function next(session: RuntimeSession, response: ServerResponse): void {
  const stop = session.next({
    give: (task) => write(response, eventOf(task)),
    refuse: (refusal) => write(response, refusalOf(refusal)),
  });
  response.once("close", stop);
}

async function post(session: RuntimeSession, url: string, request: IncomingMessage, accept: () => void): Promise<void> {
  const [, id, what] = OF_INVOCATION.exec(url) ?? [];
  if (id !== undefined) {
    const take = what === "response" ? postAnswer : postError;
    await take(session, invocationId(id), request, accept);
  } else if (url === `${BASE}/runtime/init/error`) await postInitError(session, request, accept);
  else throw notFound();
}

/**
 * In one write: what comes in two waits for an acknowledgement in between. As bytes, since Node would write the fields of
 * the header before a text in the encoding of that.
 */
function write(response: ServerResponse, { status, contentType, fields, body }: CallAnswer): void {
  if (response.headersSent || response.destroyed) return;
  // The bytes of UTF-8, which is what clients read: Node writes fields in Latin-1.
  for (const [name, value] of fields) response.setHeader(name, Buffer.from(value, "utf8").toString("latin1"));
  const bytes = Buffer.from(body, "utf8");
  response.writeHead(status, { "Content-Type": contentType, "Content-Length": bytes.length });
  response.end(bytes);
}
