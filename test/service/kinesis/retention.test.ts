import { expect, test } from "vitest";
import { ACCOUNT, aKinesis, HOUR, inUse, invalidArgument, SECOND, slow, textsOf } from "../../support/kinesis.ts";

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

test("a change leaves the stream UPDATING for a while, in which it takes no other", () => {
  const { call, clock, create, describe, failure } = aKinesis(slow);
  const StreamName = create("s");
  call(INCREASE, { StreamName, RetentionPeriodHours: 48 });
  expect(describe(StreamName).StreamStatus).toBe("UPDATING");
  expect(failure(INCREASE, { StreamName, RetentionPeriodHours: 72 })).toEqual(
    inUse(`Stream s under account ${ACCOUNT} not ACTIVE, instead in state UPDATING`),
  );
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
