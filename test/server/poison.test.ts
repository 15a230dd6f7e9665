import { expect, test } from "vitest";
import { startEmulator } from "../../src/app/emulator.ts";
import { Base64, bytesOf, type MaybeBase64 } from "../../src/kernel/base64.ts";
import { ReceivedRequest } from "../../src/server/call.ts";
import { type Exchange, withPoison } from "../../src/server/exchange.ts";
import { Interceptors } from "../../src/server/intercept.ts";
import { anExchange } from "../support/a-server.ts";
import { aRequest } from "./services.ts";

const request = () => new ReceivedRequest(aRequest({ body: "hello" }));

test("a body is there until the handler returns, and a retained one after that", () => {
  const heard: string[] = [];
  const listen = (received: ReceivedRequest): Exchange => {
    heard.push(String(received.body));
    return anExchange({});
  };
  const retain = (received: ReceivedRequest): Exchange => {
    received.retain();
    return anExchange({});
  };
  const [passing, kept] = [request(), request()];
  withPoison(listen)(passing, "http://here");
  withPoison(retain)(kept, "http://here");
  expect(heard).toEqual(["hello"]);
  expect(String(passing.body)).not.toBe("hello");
  expect(String(kept.body)).toBe("hello");
});

test("a body is gone when the handler fails, too", () => {
  const fail = () => {
    throw new Error("oops");
  };
  const passing = request();
  expect(() => withPoison(fail)(passing, "http://here")).toThrow("oops");
  expect(String(passing.body)).not.toBe("hello");
});

test.for([
  ["application/x-amz-json-1.1", '{"StreamName":"s","PartitionKey":"p","Data":"QUJD"}'],
  [
    "application/x-amz-cbor-1.1",
    Buffer.from("bf6a53747265616d4e616d6561736c506172746974696f6e4b65796170644461746143414243ff", "hex"),
  ],
] as const)("blobs of %s that somebody keeps without a copy are nonsense", async ([type, body]) => {
  const kept: MaybeBase64[] = [];
  const interceptors = new Interceptors();
  interceptors.add(({ input }) => {
    const { Data } = input as { readonly Data: MaybeBase64 };
    kept.push(Data);
    return { ShardId: "shardId-000000000000", SequenceNumber: bytesOf(Data).toString() };
  });
  await using emulator = await startEmulator({}, { interceptors, poisonsReusedMemory: true });
  const headers = {
    "content-type": type,
    "x-amz-target": "Kinesis_20131202.PutRecord",
    "x-amz-date": "20250101T000000Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/kinesis/aws4_request, SignedHeaders=host;x-amz-date, Signature=0123abcd",
  };
  const put = () => fetch(emulator.endpoint, { method: "POST", headers, body });
  await (await put()).text(); // waits for the service to be loaded, and has its body retained
  kept.length = 0;
  const response = await put();
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("ABC");
  const [first] = kept;
  const memory = first instanceof Base64 ? first.text : first!;
  expect(new Set(memory)).toEqual(new Set([0xbf]));
});
