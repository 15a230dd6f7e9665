import { describe, expect, test } from "vitest";
import type { Consumer } from "../../../../src/engine/stream/consumer/consumer.ts";
import type { Stream } from "../../../../src/engine/stream/stream.ts";
import { aStream, create, SECOND, START, START_SECOND, slow } from "../../../support/stream.ts";

function register(stream: Stream, name: string): Consumer {
  const consumer = stream.consumers.register(name, {});
  if (typeof consumer === "string") throw new Error(`the consumer was refused: ${consumer}`);
  return consumer;
}

test("a consumer is CREATING for a while, then ACTIVE", () => {
  const { stream, clock } = aStream({}, slow);
  const consumer = register(stream, "reader");
  expect(consumer.status).toBe("CREATING");
  clock.advance(5 * SECOND - 1);
  expect(stream.consumers.find("reader")?.status).toBe("CREATING");
  clock.advance(1);
  expect(stream.consumers.find("reader")?.status).toBe("ACTIVE");
});

test("a consumer becomes ACTIVE while its stream goes on UPDATING", () => {
  const { stream, clock } = aStream({}, slow);
  register(stream, "reader");
  stream.shards.split(0, 1000n);
  clock.advance(5 * SECOND);
  expect([stream.consumers.find("reader")?.status, stream.status]).toEqual(["ACTIVE", "UPDATING"]);
  clock.advance(25 * SECOND);
  expect(stream.status).toBe("ACTIVE");
});

test("a consumer is DELETING for a while, then gone", () => {
  const { stream, clock } = aStream({}, { durations: { consumerDeletingMs: 5 * SECOND } });
  const consumer = register(stream, "reader");
  stream.consumers.deregister(consumer);
  clock.advance(5 * SECOND - 1);
  expect(stream.consumers.find("reader")?.status).toBe("DELETING");
  stream.consumers.deregister(consumer);
  clock.advance(1);
  expect(stream.consumers.find("reader")).toBeUndefined();
  expect(stream.consumers.count).toBe(0);
});

test("a consumer's ARN names its stream and its creation second", () => {
  const { stream } = aStream();
  const consumer = register(stream, "reader");
  expect(consumer).toMatchObject({ name: "reader", createdAt: START, status: "ACTIVE" });
  expect(consumer.arn).toBe(`${stream.arn}/consumer/reader:${START_SECOND}`);
  expect(stream.consumers.byArn(consumer.arn)).toBe(consumer);
});

test("a name registered again within the same second gets another ARN, and the old one finds nothing", () => {
  const { stream } = aStream();
  const first = register(stream, "reader");
  stream.consumers.deregister(first);
  const second = register(stream, "reader");
  expect(second.arn).toBe(`${stream.arn}/consumer/reader:${START_SECOND + 1}`);
  expect(stream.consumers.byArn(first.arn)).toBeUndefined();
  expect(stream.consumers.byArn(second.arn)).toBe(second);
});

test("text that is no consumer's ARN finds nothing", () => {
  const { stream } = aStream();
  register(stream, "reader");
  expect(stream.consumers.byArn(stream.arn)).toBeUndefined();
  expect(
    stream.consumers.byArn(`arn:aws:kinesis:eu-west-1:000000000000:stream/stream/consumer/reader:${START_SECOND}`),
  ).toBeUndefined();
});

test("a name is taken as long as its consumer exists, in whatever state", () => {
  const { stream, clock } = aStream({}, slow);
  const consumer = register(stream, "reader");
  expect(stream.consumers.register("reader", {})).toBe("exists");
  clock.advance(5 * SECOND);
  stream.consumers.deregister(consumer);
  expect(stream.consumers.register("reader", {})).toBe("exists");
});

test("consumers are listed in the order of their registration", () => {
  const { stream } = aStream();
  for (const name of ["c", "a", "b"]) register(stream, name);
  expect(stream.consumers.list().map(({ name }) => name)).toEqual(["c", "a", "b"]);
});

test.for([
  { registered: 19, outcome: "object" },
  { registered: 20, outcome: "string" },
])("a stream with $registered consumers answers the next one with an $outcome", ({ registered, outcome }) => {
  const { stream } = aStream();
  for (let number = 0; number < registered; number++) register(stream, `reader-${number}`);
  const answer = stream.consumers.register("next", {});
  expect(typeof answer).toBe(outcome);
  if (outcome === "string") expect(answer).toBe("tooMany");
});

test("at most five consumers are created at the same time", () => {
  const { stream, clock } = aStream({}, slow);
  for (let number = 0; number < 5; number++) register(stream, `reader-${number}`);
  expect(stream.consumers.register("sixth", {})).toBe("tooManyCreating");
  clock.advance(5 * SECOND);
  expect(register(stream, "sixth").status).toBe("CREATING");
});

test("a stream that is being created or deleted takes no consumers", () => {
  const { streams, clock } = aStream({}, slow);
  const stream = create(streams, { name: "young" });
  expect(stream.consumers.register("reader", {})).toBe("notActive");
  clock.advance(25 * SECOND);
  stream.delete();
  expect(stream.consumers.register("reader", {})).toBe("notActive");
});

describe("tags of a consumer", () => {
  test("are added, replaced and removed", () => {
    const { stream } = aStream();
    const consumer = stream.consumers.register("reader", { a: "1" });
    if (typeof consumer === "string") throw new Error(consumer);
    stream.consumers.tag(consumer, { a: "2", b: "3" });
    stream.consumers.untag(consumer, ["b", "c"]);
    expect(stream.consumers.find("reader")?.tags).toEqual({ a: "2" });
  });

  test.for([
    { count: 50, outcome: "changed" },
    { count: 51, outcome: "tooMany" },
  ])("number at most 50: $count are answered with $outcome", ({ count, outcome }) => {
    const { stream } = aStream();
    const consumer = register(stream, "reader");
    const tags = Object.fromEntries(Array.from({ length: count }, (_, number) => [`key-${number}`, ""]));
    expect(stream.consumers.tag(consumer, tags)).toBe(outcome);
    expect(Object.keys(consumer.tags)).toHaveLength(outcome === "changed" ? 50 : 0);
  });
});

test("a consumer takes a policy only while it is ACTIVE", () => {
  const { stream, clock } = aStream({}, slow);
  const consumer = register(stream, "reader");
  expect(stream.consumers.changePolicy(consumer, "{}")).toBe("notActive");
  clock.advance(5 * SECOND);
  expect(stream.consumers.changePolicy(consumer, '{"Statement":[]}')).toBe("changed");
  expect(consumer.policy).toBe('{"Statement":[]}');
  stream.consumers.changePolicy(consumer, undefined);
  expect(consumer.policy).toBeUndefined();
});
