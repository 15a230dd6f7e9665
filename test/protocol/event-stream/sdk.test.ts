import { Readable } from "node:stream";
import { KinesisClient, SubscribeToShardCommand } from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { awsError } from "../../../src/kernel/aws-error.ts";
import { blob, list, long, string, structure, timestamp } from "../../../src/model/shape.ts";
import { EVENT_STREAM_TYPE, framesOf } from "../../../src/protocol/event-stream/event-stream.ts";
import { jsonOf } from "../../../src/protocol/json-body.ts";

const union = structure({
  SubscribeToShardEvent: structure({
    Records: list(
      structure({
        SequenceNumber: string(),
        ApproximateArrivalTimestamp: timestamp(),
        Data: blob(),
        PartitionKey: string(),
      }),
    ),
    ContinuationSequenceNumber: string(),
    MillisBehindLatest: long(),
  }),
});

const ResourceNotFound = awsError("ResourceNotFoundException", { message: () => "The stream is gone." });

/** A client of the SDK whose every request is answered with these events, without a network. */
function clientOf(events: AsyncIterable<object>): KinesisClient {
  const frames = framesOf(union, events, {
    hasOpening: true,
    encode: (shape, value) => ({ contentType: "application/x-amz-json-1.1", content: jsonOf(shape, value) }),
  });
  const response = { statusCode: 200, headers: { "content-type": EVENT_STREAM_TYPE }, body: Readable.from(frames) };
  return new KinesisClient({
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: { handle: async () => ({ response }) },
  });
}

async function* oneRecord(error?: Error): AsyncGenerator<object> {
  const record = {
    SequenceNumber: "1",
    ApproximateArrivalTimestamp: 1700000000123,
    Data: new Uint8Array([0, 255]),
    PartitionKey: "k",
  };
  yield { SubscribeToShardEvent: { Records: [record], ContinuationSequenceNumber: "1", MillisBehindLatest: 0 } };
  if (error !== undefined) throw error;
}

const subscribe = new SubscribeToShardCommand({
  ConsumerARN: "arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/c:1",
  ShardId: "shardId-000000000000",
  StartingPosition: { Type: "LATEST" },
});

test("the SDK's client reads the events of a subscription", async () => {
  const { EventStream } = await clientOf(oneRecord()).send(subscribe);
  const events: unknown[] = [];
  for await (const { SubscribeToShardEvent } of EventStream!) {
    const [record] = SubscribeToShardEvent?.Records ?? [];
    events.push([record?.PartitionKey, record?.Data, record?.ApproximateArrivalTimestamp?.getTime()]);
  }
  expect(events).toEqual([["k", new Uint8Array([0, 255]), 1700000000123]]);
});

test("the SDK's client raises the error that ends a subscription", async () => {
  const { EventStream } = await clientOf(oneRecord(new ResourceNotFound())).send(subscribe);
  const reading = async () => {
    for await (const _event of EventStream!);
  };
  await expect(reading()).rejects.toMatchObject({ name: "ResourceNotFoundException", message: "The stream is gone." });
});

test("the SDK's client raises an error of ours as one, by its code", async () => {
  const { EventStream } = await clientOf(oneRecord(new Error("secret"))).send(subscribe);
  const reading = async () => {
    for await (const _event of EventStream!);
  };
  await expect(reading()).rejects.toMatchObject({ name: "InternalFailure" });
});
