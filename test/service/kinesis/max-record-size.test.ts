import { expect, test } from "vitest";
import {
  aKinesis,
  type Input,
  invalid,
  longerThanStreamTakes,
  MIB,
  notActive,
  SECOND,
  slow,
} from "../../support/kinesis.ts";

// Kinesis reference 6.12

const record = (bytes: number): Input => ({ StreamName: "s", Data: new Uint8Array(bytes), PartitionKey: "k" });
const tooLong = (MiB: number) => longerThanStreamTakes(MiB * MIB, "data");

test("UpdateMaxRecordSize leaves the stream UPDATING for a while", () => {
  const { arnOf, call, clock, create, describe, failure } = aKinesis(slow);
  const StreamARN = arnOf(create("s"));
  expect(call("UpdateMaxRecordSize", { StreamARN, MaxRecordSizeInKiB: 10_240 })).toBeUndefined();
  expect(call("DescribeStreamSummary", { StreamARN })).toMatchObject({
    StreamDescriptionSummary: { MaxRecordSizeInKiB: 10_240, StreamStatus: "UPDATING" },
  });
  expect(failure("UpdateMaxRecordSize", { StreamARN, MaxRecordSizeInKiB: 1024 })).toEqual(notActive("s", "UPDATING"));
  clock.advance(5 * SECOND);
  expect(describe("s").StreamStatus).toBe("ACTIVE");
});

test.for([
  [1023, "greater than or equal to 1024"],
  [10_241, "less than or equal to 10240"],
] as const)("%d KiB are refused", ([MaxRecordSizeInKiB, demand]) => {
  const { arnOf, create, failure } = aKinesis();
  const expected = invalid(`'${MaxRecordSizeInKiB}' at 'maxRecordSizeInKiB': Member must have value ${demand}`);
  expect(failure("UpdateMaxRecordSize", { StreamARN: arnOf(create("s")), MaxRecordSizeInKiB })).toEqual(expected);
  expect(failure("CreateStream", { StreamName: "t", ShardCount: 1, MaxRecordSizeInKiB })).toEqual(expected);
});

test.for([1, 2, 10])("a stream told to take %d MiB takes them to the byte, key included", (MiB) => {
  const { create, call, failure, iterator, read } = aKinesis();
  create("s", { MaxRecordSizeInKiB: MiB * 1024 });
  call("PutRecord", record(MiB * MIB - 1));
  expect(failure("PutRecord", record(MiB * MIB))).toEqual(tooLong(MiB));
  expect(read(iterator("s")).Records.map(({ Data }) => Data.byteLength)).toEqual([MiB * MIB - 1]);
});

test("no stream takes more than ten MiB of data, whether or not there is one", () => {
  const { failure } = aKinesis();
  expect(failure("PutRecord", record(10 * MIB + 1))).toEqual(
    invalid(`at 'data': Member must have length less than or equal to ${10 * MIB}`),
  );
});

test("a smaller size leaves larger records readable", () => {
  const { arnOf, call, create, failure, iterator, read } = aKinesis();
  create("s", { MaxRecordSizeInKiB: 2048 });
  call("PutRecord", record(2 * MIB - 1));
  call("UpdateMaxRecordSize", { StreamARN: arnOf("s"), MaxRecordSizeInKiB: 1024 });
  expect(failure("PutRecord", record(MIB))).toEqual(tooLong(1));
  expect(read(iterator("s")).Records).toHaveLength(1);
});
