import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import { BodyPieces } from "../../kernel/http/body-pieces.ts";
import { ReceivedRequest } from "../call.ts";
import { Http2Reply } from "./http2-reply.ts";
import type { PlainAnswers } from "./plain-connection.ts";

const LENGTH = /^\d{1,9}$/;

/**
 * Has a request answered straight on its stream if it has the form SDKs send nearly always: a POST to a path of AWS's, with a
 * body of stated length. Anything else is left to Node's request and response, which cost more than everything an operation does.
 */
export function answerStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, aws: PlainAnswers): boolean {
  const { ":method": method, ":path": target, ":scheme": scheme, ":authority": authority, expect } = headers;
  const { "content-length": length } = headers;
  const host = headers.host ?? authority;
  if (method !== "POST" || expect !== undefined || !host || !target?.startsWith("/")) return false;
  if (length === undefined || !LENGTH.test(length)) return false;
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  const bodyBytes = Number(length);
  if (!aws.takes({ path, bodyBytes })) return false;
  const pieces = new BodyPieces();
  stream.on("error", leftToClose);
  stream.on("data", (piece: Buffer) => pieces.add(piece));
  stream.on("end", () => {
    // A stream ends even when its connection breaks off in the middle.
    if (stream.aborted) return;
    headers.host = host;
    const request = new ReceivedRequest({ method, path, query, headers, body: pieces.whole(bodyBytes) });
    aws.answer(request, `${scheme === "https" ? "https" : "http"}://${host}`, new Http2Reply(stream));
  });
  return true;
}

/** Whoever waits for the stream hears that it closes. */
function leftToClose(): void {}
