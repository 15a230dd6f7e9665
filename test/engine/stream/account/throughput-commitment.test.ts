import { expect, test } from "vitest";
import { aDirectory, DAY, HOUR, START } from "../../../support/stream.ts";

const began = { startedAt: START, earliestEndAt: START + DAY };

test("an account starts without a commitment, and ending none changes nothing", () => {
  const { streams } = aDirectory();
  expect(streams.commitment).toEqual({ status: "DISABLED" });
  expect(streams.changeCommitment(false)).toEqual({ status: "DISABLED" });
  expect(streams.hasThroughputCommitment).toBe(false);
});

test("a commitment begins at once and says when it may end", () => {
  const { streams } = aDirectory();
  expect(streams.changeCommitment(true)).toEqual({ status: "ENABLED", ...began });
  expect(streams.hasThroughputCommitment).toBe(true);
});

test.for([
  { afterMs: DAY - 1, status: "ENABLED_UNTIL_EARLIEST_ALLOWED_END", endedAt: undefined },
  { afterMs: DAY, status: "DISABLED", endedAt: START + DAY },
])("ended $afterMs ms after its beginning it is $status", ({ afterMs, status, endedAt }) => {
  const { streams, clock } = aDirectory();
  streams.changeCommitment(true);
  clock.advance(afterMs);
  expect(streams.changeCommitment(false)).toEqual({ status, ...began, ...(endedAt && { endedAt }) });
});

test.for([
  { afterMs: DAY - HOUR - 1, isOn: true },
  { afterMs: DAY - HOUR, isOn: false },
])("ended too early it lasts until it may end: $afterMs ms later", ({ afterMs, isOn }) => {
  const { streams, clock } = aDirectory();
  streams.changeCommitment(true);
  clock.advance(HOUR);
  streams.changeCommitment(false);
  clock.advance(afterMs);
  expect(streams.hasThroughputCommitment).toBe(isOn);
  if (!isOn) expect(streams.commitment).toEqual({ status: "DISABLED", ...began, endedAt: START + DAY });
});

test("one that was going to end goes on when it is wanted again", () => {
  const { streams, clock } = aDirectory();
  streams.changeCommitment(true);
  clock.advance(HOUR);
  streams.changeCommitment(false);
  expect(streams.changeCommitment(true)).toEqual({ status: "ENABLED", ...began });
  clock.advance(DAY);
  expect(streams.commitment.status).toBe("ENABLED");
});

test("one that has ended begins anew", () => {
  const { streams, clock } = aDirectory();
  streams.changeCommitment(true);
  clock.advance(DAY);
  streams.changeCommitment(false);
  clock.advance(HOUR);
  const startedAt = START + DAY + HOUR;
  expect(streams.changeCommitment(true)).toEqual({ status: "ENABLED", startedAt, earliestEndAt: startedAt + DAY });
});
