import { describe, expect, test } from "vitest";
import {
  aKinesis,
  HOUR,
  type Input,
  invalidArgument,
  MINUTE,
  notActive,
  SECOND,
  START,
  slow,
  textsOf,
} from "../../../support/kinesis.ts";

// Kinesis reference 6.5, 4.3

const INCREASE = "IncreaseStreamRetentionPeriod";
const DECREASE = "DecreaseStreamRetentionPeriod";

test.for([INCREASE, DECREASE])("%s keeps to 24 hours and a year", (operation) => {
  const { create, failure } = aKinesis();
  const StreamName = create("s");
  expect(failure(operation, { StreamName, RetentionPeriodHours: 23 })).toEqual(
    invalidArgument(
      "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.",
    ),
  );
  expect(failure(operation, { StreamName, RetentionPeriodHours: 8761 })).toEqual(
    invalidArgument(
      "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long.",
    ),
  );
});

test("the period goes up and down between those bounds", () => {
  const { call, create, describe } = aKinesis();
  const StreamName = create();
  const change = (operation: string, RetentionPeriodHours: number) => {
    expect(call(operation, { StreamName, RetentionPeriodHours })).toBeUndefined();
    return describe(StreamName).RetentionPeriodHours;
  };
  expect(change(INCREASE, 24)).toBe(24);
  expect(change(INCREASE, 8760)).toBe(8760);
  expect(change(DECREASE, 8760)).toBe(8760);
  expect(change(DECREASE, 24)).toBe(24);
});

test("each operation works in one direction only", () => {
  const { call, create, failure } = aKinesis();
  const StreamName = create("s");
  call(INCREASE, { StreamName, RetentionPeriodHours: 48 });
  expect(failure(INCREASE, { StreamName, RetentionPeriodHours: 47 })).toEqual(
    invalidArgument(
      "Requested retention period (47 hours) for stream s can not be shorter than existing retention period (48 hours). Use DecreaseRetentionPeriod API.",
    ),
  );
  expect(failure(DECREASE, { StreamName, RetentionPeriodHours: 49 })).toEqual(
    invalidArgument(
      "Requested retention period (49 hours) for stream s can not be longer than existing retention period (48 hours). Use IncreaseRetentionPeriod API.",
    ),
  );
});

test.for([0, -1, 2_147_483_647])("%d hours are out of bounds, too", (RetentionPeriodHours) => {
  const { create, failure } = aKinesis();
  expect(failure(INCREASE, { StreamName: create("s"), RetentionPeriodHours }).message).toContain(
    `Requested retention period (${RetentionPeriodHours} hours) is too ${RetentionPeriodHours > 24 ? "long" : "short"}.`,
  );
});

test("a change leaves the stream UPDATING for a while, in which it takes no other", () => {
  const { call, clock, create, describe, failure } = aKinesis(slow);
  const StreamName = create("s");
  call(INCREASE, { StreamName, RetentionPeriodHours: 48 });
  expect(describe(StreamName).StreamStatus).toBe("UPDATING");
  expect(failure(INCREASE, { StreamName, RetentionPeriodHours: 72 })).toEqual(notActive("s", "UPDATING"));
  clock.advance(5 * SECOND);
  expect(describe(StreamName).StreamStatus).toBe("ACTIVE");
});

test("records are there until the period is over; a longer one does not bring them back", () => {
  const { call, clock, create, iterator, put, read } = aKinesis();
  const StreamName = create();
  const texts = () => textsOf(read(iterator(StreamName)).Records);
  put(StreamName, ["old"]);
  clock.advance(24 * HOUR);
  put(StreamName, ["new"]);
  expect(texts()).toEqual(["old", "new"]);
  clock.advance(1);
  expect(texts()).toEqual(["new"]);
  call(INCREASE, { StreamName, RetentionPeriodHours: 48 });
  expect(texts()).toEqual(["new"]);
});

describe("what has expired", () => {
  /** Two records, of which the first one expires in an hour. */
  function aStream() {
    const kinesis = aKinesis();
    const { call, clock, create, iterator, put, read } = kinesis;
    const StreamName = create("s");
    const [old] = put(StreamName, ["old"]);
    clock.advance(23 * HOUR);
    put(StreamName, ["new"]);
    const texts = (more: Input) => textsOf(read(iterator(StreamName, more)).Records);
    return {
      ...kinesis,
      old: old!.SequenceNumber,
      texts,
      change: (operation: string, RetentionPeriodHours: number) =>
        call(operation, { StreamName, RetentionPeriodHours }),
    };
  }

  test.for<[type: string, position: (old: string) => Input]>([
    ["TRIM_HORIZON", () => ({})],
    ["AT_SEQUENCE_NUMBER", (StartingSequenceNumber) => ({ StartingSequenceNumber })],
    ["AFTER_SEQUENCE_NUMBER", (StartingSequenceNumber) => ({ StartingSequenceNumber })],
    ["AT_TIMESTAMP", () => ({ Timestamp: START })],
  ])("cannot be read with %s, which begins with the oldest record there is", ([ShardIteratorType, position]) => {
    const { clock, old, texts } = aStream();
    clock.advance(HOUR + 1);
    expect(texts({ ShardIteratorType, ...position(old) })).toEqual(["new"]);
  });

  test("is skipped by an iterator that was issued before", () => {
    const { clock, iterator, read } = aStream();
    const before = iterator("s");
    clock.advance(MINUTE);
    expect(textsOf(read(before).Records)).toEqual(["old", "new"]);
    clock.advance(HOUR - 4 * MINUTE);
    const later = iterator("s");
    clock.advance(4 * MINUTE);
    expect(textsOf(read(later).Records)).toEqual(["new"]);
  });

  test("is gone as soon as the period is made shorter, for good", () => {
    const { change, clock, texts } = aStream();
    change(INCREASE, 48);
    clock.advance(HOUR + 1);
    expect(texts({})).toEqual(["old", "new"]);
    change(DECREASE, 24);
    expect(texts({})).toEqual(["new"]);
    change(INCREASE, 48);
    expect(texts({})).toEqual(["new"]);
  });
});
