import { request as request1 } from "node:http";
import { connect } from "node:http2";
import { buffer } from "node:stream/consumers";
import { anEmulator } from "./emulator.ts";

export const JSON_TYPE = "application/x-amz-json-1.1";
export const CBOR_TYPE = "application/x-amz-cbor-1.1";
const SCOPE = "test/20250101/us-east-1/kinesis/aws4_request";
const SIGNED = `AWS4-HMAC-SHA256 Credential=${SCOPE}, SignedHeaders=:authority;x-amz-date, Signature=0123abcd`;
/** What is different about a request for ListStreams in JSON. */
export interface Said {
  readonly method?: string;
  readonly path?: string;
  /** Null for a header that is not to be sent. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly operation?: string;
  readonly body?: string | Uint8Array;
}

interface Heard {
  readonly status: number | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** The versions of HTTP that one port speaks. */
export const versions = ["HTTP/1.1", "HTTP/2"] as const;
type Version = (typeof versions)[number];

function headersOf({ headers = {}, operation = "ListStreams" }: Said): Record<string, string> {
  const all = {
    "x-amz-target": `Kinesis_20131202.${operation}`,
    "content-type": JSON_TYPE,
    "x-amz-date": "20250101T000000Z",
    authorization: SIGNED,
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
}

async function overHttp1(port: number, said: Said): Promise<Heard> {
  const { method = "POST", path = "/", body = "{}" } = said;
  const headers = { ...headersOf(said), "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = request1({ port, host: "127.0.0.1", method, path, headers, agent: false }, async (response) => {
      resolve({ status: response.statusCode, headers: response.headers, body: await buffer(response) });
    });
    request.on("error", reject).end(body);
  });
}

async function overHttp2(port: number, said: Said): Promise<Heard> {
  const { method = "POST", path = "/", body = "{}" } = said;
  const session = connect(`http://127.0.0.1:${port}`);
  const stream = session.request({ ":method": method, ":path": path, ...headersOf(said) }, { endStream: false });
  const answered = new Promise<Record<string, unknown>>((resolve, reject) => {
    stream.on("response", resolve).on("error", reject);
  });
  stream.end(body);
  const { ":status": status, ...headers } = await answered;
  const answer = { status: Number(status), headers, body: await buffer(stream) };
  session.close();
  return answer;
}

/** A server that is spoken to in one version of HTTP. */
export async function aWire(version: Version) {
  const emulator = await anEmulator();
  const say = (said: Said) => (version === "HTTP/2" ? overHttp2 : overHttp1)(emulator.port, said);
  const call = async (operation: string, input: object) => {
    const heard = await say({ operation, body: JSON.stringify(input) });
    return { ...heard, text: heard.body.toString() };
  };
  return { emulator, say, call, [Symbol.asyncDispose]: () => emulator.close() };
}
