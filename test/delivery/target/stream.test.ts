import { expect, test } from "vitest";
import { type StreamPayload, StreamTarget } from "../../../src/delivery/target/stream.ts";
import { managedEndpointRetries } from "../../../src/delivery/transport/retry.ts";
import { bytesOf } from "../../../src/kernel/base64.ts";
import { aStream, slow, throttled } from "../../support/stream.ts";
import { aJob } from "../jobs.ts";

/** A job that puts so many bytes on the stream called "stream", and the target for it. */
function aPut(fixture: ReturnType<typeof aStream>, bytes = 5) {
  const { directory, stream } = fixture;
  const target = new StreamTarget((arn) => directory.byArn(arn));
  const record = () => ({ data: Buffer.alloc(bytes, "a"), partitionKey: "key" });
  const payload: StreamPayload = { streamArn: stream.arn, record };
  return { target, attempt: () => target.attempt(aJob(payload).job) };
}

test("a job puts a record on a stream", async () => {
  const fixture = aStream();
  const tail = fixture.stream.tail();
  expect(await aPut(fixture).attempt()).toMatchObject({ isDelivered: true });
  const records = tail.take({ records: 10, bytes: 1000 }).flatMap((piece) => piece.records);
  expect(records.map(({ partitionKey, data }) => [partitionKey, bytesOf(data).toString()])).toEqual([["key", "aaaaa"]]);
});

test("a record that its shard has no capacity for is put later", async () => {
  const { attempt } = aPut(aStream({}, throttled), 1_000_000);
  expect(await attempt()).toMatchObject({ isDelivered: true });
  expect(await attempt()).toMatchObject({ isDelivered: false, retries: managedEndpointRetries });
});

test("a stream that is being deleted gets no record for now, and one that is gone never", async () => {
  const fixture = aStream({}, slow);
  const { attempt } = aPut(fixture);
  fixture.stream.delete();
  expect(await attempt()).toMatchObject({ reason: "The stream is DELETING", retries: managedEndpointRetries });
  fixture.clock.advance(10 * 60_000);
  expect(await attempt()).toMatchObject({ reason: "The stream does not exist", retries: undefined });
});

test("a record of more bytes than the stream takes is refused", async () => {
  const { attempt } = aPut(aStream(), 11 * 1024 * 1024);
  expect(await attempt()).toMatchObject({ reason: "The record is too long", retries: undefined });
});
