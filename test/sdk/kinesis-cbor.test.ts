import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { cbor } from "@smithy/core/cbor";
import { HttpRequest } from "@smithy/core/protocols";
import { NodeHttp2Handler, NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect, test } from "vitest";
import { decodeFrames } from "../../src/protocol/event-stream/decode.ts";
import { anEmulator } from "../support/emulator.ts";

const CBOR_TYPE = "application/x-amz-cbor-1.1";
const SCOPE = "test/20250101/us-east-1/kinesis/aws4_request";
const SIGNED = `AWS4-HMAC-SHA256 Credential=${SCOPE}, SignedHeaders=host;x-amz-date, Signature=0123abcd`;

/** Calls as the Java SDKs do, in CBOR that somebody else's code writes and reads. */
async function aJavaClient(handler: NodeHttpHandler | NodeHttp2Handler) {
  const emulator = await anEmulator();
  const { hostname, port } = new URL(emulator.endpoint);
  const post = async (operation: string, body: Uint8Array) => {
    const headers = {
      host: `${hostname}:${port}`,
      "content-type": CBOR_TYPE,
      "content-length": String(body.length),
      "x-amz-target": `Kinesis_20131202.${operation}`,
      "x-amz-date": "20250101T000000Z",
      authorization: SIGNED,
    };
    const request = new HttpRequest({ method: "POST", protocol: "http:", hostname, port: Number(port), headers, body });
    const { response } = await handler.handle(request);
    return { ...response, body: response.body as Readable };
  };
  const call = async (operation: string, input: object) => {
    const { statusCode: status, headers, body } = await post(operation, cbor.serialize(input));
    const bytes = new Uint8Array(await buffer(body));
    return {
      status,
      type: headers["content-type"],
      bytes,
      output: bytes.length === 0 ? undefined : cbor.deserialize(bytes),
    };
  };
  return {
    post,
    call,
    clock: emulator.clock(),
    async [Symbol.asyncDispose]() {
      handler.destroy();
      await emulator.close();
    },
  };
}

// Kinesis reference 1.9, 10.4
describe.for<[title: string, handler: () => NodeHttpHandler | NodeHttp2Handler]>([
  ["HTTP/1.1", () => new NodeHttpHandler()],
  ["HTTP/2, as the asynchronous client speaks it", () => new NodeHttp2Handler()],
])("over %s", ([, handler]) => {
  test("a record comes back as it was put, its instant in milliseconds", async () => {
    await using java = await aJavaClient(handler());
    expect(await java.call("CreateStream", { StreamName: "s", ShardCount: 1 })).toMatchObject({
      status: 200,
      type: CBOR_TYPE,
      output: undefined,
    });
    const Data = new Uint8Array([0, 255, 1]);
    const put = await java.call("PutRecord", { StreamName: "s", Data, PartitionKey: "k" });
    expect(put.output).toEqual({ SequenceNumber: expect.any(String), ShardId: "shardId-000000000000" });
    const input = { StreamName: "s", ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" };
    const { ShardIterator } = (await java.call("GetShardIterator", input)).output;
    const { output } = await java.call("GetRecords", { ShardIterator });
    const [record] = output.Records;
    expect(record).toMatchObject({ PartitionKey: "k", SequenceNumber: put.output.SequenceNumber });
    expect(new Uint8Array(record.Data)).toEqual(Data);
    expect(Number(record.ApproximateArrivalTimestamp.value)).toBe(java.clock.now());
    expect(output).toMatchObject({ MillisBehindLatest: 0, NextShardIterator: expect.any(String) });
  });

  test("an answer to PutRecord is as long as the one of AWS that was recorded", async () => {
    await using java = await aJavaClient(handler());
    await java.call("CreateStream", { StreamName: "s", ShardCount: 1 });
    const { bytes } = await java.call("PutRecord", { StreamName: "s", Data: new Uint8Array(1), PartitionKey: "k" });
    expect(bytes).toHaveLength(104);
    expect([bytes.at(0), bytes.at(-1)]).toEqual([0xbf, 0xff]);
  });

  test("a request in chunks, as Java writes it, is read", async () => {
    await using java = await aJavaClient(handler());
    await java.call("CreateStream", { StreamName: "test", ShardCount: 1 });
    const body = Buffer.concat([
      Buffer.from("bf6a53747265616d4e616d656474657374644461746144", "hex"),
      Buffer.from([1, 2, 3, 4]),
      Buffer.from("6c506172746974696f6e4b65796c706172746974696f6e6b6579ff", "hex"),
    ]);
    expect((await java.post("PutRecord", body)).statusCode).toBe(200);
  });

  test("an instant in a request is in milliseconds", async () => {
    await using java = await aJavaClient(handler());
    await java.call("CreateStream", { StreamName: "s", ShardCount: 1 });
    const input = { StreamName: "s", ShardId: "0", ShardIteratorType: "AT_TIMESTAMP" };
    const at = async (Timestamp: number) => (await java.call("GetShardIterator", { ...input, Timestamp })).status;
    expect([await at(java.clock.now()), await at(java.clock.now() + 1)]).toEqual([200, 400]);
  });

  describe("errors are in CBOR, too", () => {
    test("of the service", async () => {
      await using java = await aJavaClient(handler());
      const answer = await java.call("DescribeStream", { StreamName: "s" });
      const message = "Stream s under account 000000000000 not found.";
      expect(answer).toMatchObject({
        status: 400,
        type: CBOR_TYPE,
        output: { __type: "ResourceNotFoundException", message },
      });
    });

    test("of reading the request, with a capital letter", async () => {
      await using java = await aJavaClient(handler());
      const { output } = await java.call("DescribeStream", { StreamName: 5 });
      expect(output).toEqual({
        __type: "SerializationException",
        Message: "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String",
      });
    });

    test("of the front end", async () => {
      await using java = await aJavaClient(handler());
      const answer = await java.call("Nonsense", {});
      expect(answer).toMatchObject({ status: 400, type: CBOR_TYPE, output: { __type: "UnknownOperationException" } });
    });
  });

  test("SubscribeToShard asked in CBOR answers with events in JSON", async () => {
    await using java = await aJavaClient(handler());
    await java.call("CreateStream", { StreamName: "s", ShardCount: 1 });
    const StreamARN = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
    const { output } = await java.call("RegisterStreamConsumer", { StreamARN, ConsumerName: "c" });
    const { ConsumerARN } = output.Consumer;
    const input = { ConsumerARN, ShardId: "shardId-000000000000", StartingPosition: { Type: "TRIM_HORIZON" } };
    await java.call("PutRecord", { StreamName: "s", Data: Buffer.from("x"), PartitionKey: "k" });
    const response = await java.post("SubscribeToShard", cbor.serialize(input));
    expect(response.headers["content-type"]).toBe("application/vnd.amazon.eventstream");
    const frames = decodeFrames(response.body);
    const first = (await frames.next()).value!;
    const second = (await frames.next()).value!;
    expect([first.headers[":event-type"], second.headers[":event-type"]]).toEqual([
      "initial-response",
      "SubscribeToShardEvent",
    ]);
    expect(JSON.parse(second.payload.toString())).toMatchObject({ MillisBehindLatest: 0, Records: [{ Data: "eA==" }] });
    await frames.return(undefined);
  });
});
