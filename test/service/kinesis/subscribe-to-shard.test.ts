import { describe, expect, test } from "vitest";
import type { AwsError } from "../../../src/kernel/aws-error.ts";
import {
  ACCOUNT,
  aKinesis,
  type CallOptions,
  type Input,
  inUse,
  invalidArgument,
  type KinesisFixture,
  limitExceeded,
  MINUTE,
  noConsumer,
  notFound,
  type ReadRecord,
  SECOND,
  START,
  slow,
  textsOf,
  throttled,
  withStrings,
} from "../../support/kinesis.ts";
import { thisTurn } from "../../support/stream.ts";

// Kinesis reference 7

const id = (index: number): string => `shardId-${String(index).padStart(12, "0")}`;
const under = `stream s under account ${ACCOUNT}`;

interface Event {
  readonly Records: readonly ReadRecord[];
  readonly ContinuationSequenceNumber?: string;
  readonly MillisBehindLatest: number;
  readonly ChildShards?: readonly { readonly ShardId: string; readonly ParentShards: readonly string[] }[];
}

interface Wish extends CallOptions {
  readonly ConsumerARN: string;
  readonly ShardId?: string;
  readonly from?: Input;
}

/** The events of a subscription; from the oldest record of shard 0 unless told. */
function subscribe({ call }: KinesisFixture, { ConsumerARN, ShardId = "0", from, ...options }: Wish) {
  const StartingPosition = from ?? { Type: "TRIM_HORIZON" };
  const events = call<AsyncIterable<{ readonly SubscribeToShardEvent: Event }>>(
    "SubscribeToShard",
    { ConsumerARN, ShardId, StartingPosition },
    options,
  )[Symbol.asyncIterator]();
  return {
    next: async (): Promise<Event> => {
      const { value, done } = await events.next();
      if (done) throw new Error("the subscription ended");
      return withStrings(value.SubscribeToShardEvent);
    },
    end: async () => (await events.next()).done,
    failure: async () => {
      const cause = (await events.next().catch((error: unknown) => error)) as AwsError;
      return { code: cause.shape, status: cause.status, message: cause.message };
    },
  };
}

function aConsumer(changes = {}) {
  const kinesis = aKinesis(changes);
  const ConsumerARN = kinesis.register(kinesis.create("s"), "c");
  return { ...kinesis, ConsumerARN };
}

describe("events", () => {
  test("carry what was put together", async () => {
    const kinesis = aConsumer();
    kinesis.put("s", ["a", "b"]);
    const { next } = subscribe(kinesis, kinesis);
    const event = await next();
    expect(textsOf(event.Records)).toEqual(["a", "b"]);
    expect(event).toEqual({
      Records: [
        expect.objectContaining({ ApproximateArrivalTimestamp: START, PartitionKey: "a", EncryptionType: undefined }),
        expect.anything(),
      ],
      ContinuationSequenceNumber: expect.stringMatching(/^\d{56}$/),
      MillisBehindLatest: 0,
      ChildShards: undefined,
    });
  });

  test("are pushed as records come", async () => {
    const kinesis = aConsumer();
    const { next } = subscribe(kinesis, { ...kinesis, from: { Type: "LATEST" } });
    const waiting = next();
    await thisTurn();
    kinesis.put("s", ["a"]);
    expect(textsOf((await waiting).Records)).toEqual(["a"]);
  });

  test("come every five seconds without records, and move on", async () => {
    const kinesis = aConsumer();
    const { next } = subscribe(kinesis, kinesis);
    const numbers: bigint[] = [];
    for (let time = 0; time < 2; time++) {
      const waiting = next();
      await thisTurn();
      kinesis.clock.advance(5 * SECOND);
      const { Records, ContinuationSequenceNumber } = await waiting;
      expect(Records).toEqual([]);
      numbers.push(BigInt(ContinuationSequenceNumber!));
    }
    expect(numbers[1]! > numbers[0]!).toBe(true);
  });

  test("say where the next subscription goes on, so that nothing is missed or repeated", async () => {
    const kinesis = aConsumer();
    kinesis.put("s", ["a"]);
    const { Records, ContinuationSequenceNumber } = await subscribe(kinesis, kinesis).next();
    expect(ContinuationSequenceNumber).not.toBe(Records[0]?.SequenceNumber);
    kinesis.put("s", ["b"]);
    for (const Type of ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"]) {
      kinesis.clock.advance(5 * SECOND);
      const from = { Type, SequenceNumber: ContinuationSequenceNumber };
      expect(textsOf((await subscribe(kinesis, { ...kinesis, from }).next()).Records)).toEqual(["b"]);
      const start = { ShardIteratorType: Type, StartingSequenceNumber: ContinuationSequenceNumber };
      expect(textsOf(kinesis.read(kinesis.iterator("s", start)).Records)).toEqual(["b"]);
    }
  });
});

describe("the end of a shard", () => {
  test("is an event of its own with the children, and then nothing", async () => {
    const kinesis = aConsumer();
    kinesis.put("s", ["a"]);
    const { next, end } = subscribe(kinesis, kinesis);
    expect(textsOf((await next()).Records)).toEqual(["a"]);
    kinesis.call("SplitShard", { StreamName: "s", ShardToSplit: "0", NewStartingHashKey: "1000" });
    const { Records, ContinuationSequenceNumber, ChildShards } = await next();
    expect([Records, ContinuationSequenceNumber]).toEqual([[], undefined]);
    expect(ChildShards).toMatchObject([
      { ShardId: id(1), ParentShards: [id(0)] },
      { ShardId: id(2), ParentShards: [id(0)] },
    ]);
    expect(await end()).toBe(true);
  });
});

describe("a subscription ends", () => {
  test("quietly after five minutes", async () => {
    const kinesis = aConsumer();
    const { next, end } = subscribe(kinesis, kinesis);
    kinesis.clock.advance(5 * MINUTE - 1);
    await next();
    kinesis.clock.advance(1);
    expect(await end()).toBe(true);
  });

  test("when its consumer hangs up", async () => {
    const kinesis = aConsumer();
    const hangUp = new AbortController();
    const { end } = subscribe(kinesis, { ...kinesis, signal: hangUp.signal });
    const waiting = end();
    await thisTurn();
    hangUp.abort();
    expect(await waiting).toBe(true);
    expect(kinesis.clock.pending).toBe(0);
  });

  test("when the consumer subscribes again, five seconds later at the earliest", async () => {
    const kinesis = aConsumer();
    const first = subscribe(kinesis, kinesis);
    const taken = inUse(`Another active subscription exists for this consumer: ${ACCOUNT}:s:${id(0)}:c`);
    kinesis.clock.advance(5 * SECOND - 1);
    const input = { ConsumerARN: kinesis.ConsumerARN, ShardId: "0", StartingPosition: { Type: "LATEST" } };
    expect(kinesis.failure("SubscribeToShard", input)).toEqual(taken);
    kinesis.clock.advance(1);
    subscribe(kinesis, kinesis);
    expect(await first.failure()).toEqual(taken);
  });

  test("when the consumer is deregistered", async () => {
    const kinesis = aConsumer();
    const { failure } = subscribe(kinesis, kinesis);
    kinesis.call("DeregisterStreamConsumer", { ConsumerARN: kinesis.ConsumerARN });
    expect(await failure()).toEqual(noConsumer(kinesis.ConsumerARN));
  });

  test("when the stream is deleted", async () => {
    const kinesis = aConsumer();
    const { failure } = subscribe(kinesis, kinesis);
    kinesis.call("DeleteStream", { StreamName: "s", EnforceConsumerDeletion: true });
    expect(await failure()).toEqual(notFound(`Stream s under account ${ACCOUNT} not found.`));
  });
});

test("each shard, and each consumer, has a subscription of its own", async () => {
  const kinesis = aKinesis();
  kinesis.create("s", { ShardCount: 2 });
  const [c, d] = [kinesis.register("s", "c"), kinesis.register("s", "d")];
  kinesis.put("s", ["low"], { ExplicitHashKey: "0" });
  kinesis.put("s", ["high"], { ExplicitHashKey: String(2n ** 128n - 1n) });
  const wishes = [{ ConsumerARN: c }, { ConsumerARN: d }, { ConsumerARN: c, ShardId: "1" }];
  const events = await Promise.all(wishes.map((wish) => subscribe(kinesis, wish).next()));
  expect(events.map(({ Records }) => textsOf(Records))).toEqual([["low"], ["low"], ["high"]]);
});

describe("where it begins", () => {
  test.for<[from: Input, expected: readonly string[]]>([
    [{ Type: "TRIM_HORIZON" }, ["a", "b"]],
    [{ Type: "AT_TIMESTAMP", Timestamp: 1_420_070_400_000 }, ["a", "b"]],
    [{ Type: "AT_TIMESTAMP", Timestamp: START + SECOND }, ["b"]],
    [{ Type: "AT_SEQUENCE_NUMBER", SequenceNumber: "start" }, ["a", "b"]],
    [{ Type: "AT_SEQUENCE_NUMBER", SequenceNumber: "b" }, ["b"]],
    [{ Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber: "a" }, ["b"]],
  ])("%j", async ([from, expected]) => {
    const kinesis = aConsumer();
    const [a] = kinesis.put("s", ["a"]);
    kinesis.clock.advance(SECOND);
    const [b] = kinesis.put("s", ["b"]);
    const start = kinesis.describe("s").Shards[0]?.SequenceNumberRange.StartingSequenceNumber;
    const numbers: Readonly<Record<string, string | undefined>> = { a: a?.SequenceNumber, b: b?.SequenceNumber, start };
    const SequenceNumber = numbers[String(from.SequenceNumber)];
    const event = await subscribe(kinesis, { ...kinesis, from: { ...from, SequenceNumber } }).next();
    expect(textsOf(event.Records)).toEqual(expected);
  });
});

describe("what is refused", () => {
  const input = (ConsumerARN: string, more: Input = {}): Input => ({
    ConsumerARN,
    ShardId: id(0),
    StartingPosition: { Type: "LATEST" },
    ...more,
  });

  test("a consumer that does not exist", () => {
    const { arnOf, failure } = aKinesis();
    const ConsumerARN = `${arnOf("s")}/consumer/c:1`;
    expect(failure("SubscribeToShard", input(ConsumerARN))).toEqual(noConsumer(ConsumerARN));
  });

  test("a consumer that is not ready", () => {
    const { arnOf, call, create, failure } = aKinesis(slow);
    const StreamARN = arnOf(create("s"));
    call("RegisterStreamConsumer", { StreamARN, ConsumerName: "c" });
    const second = START / 1000 + 25;
    expect(failure("SubscribeToShard", input(`${StreamARN}/consumer/c:${second}`))).toEqual(
      inUse(
        `Consumer c with creation timestamp ${second} under stream: s , account ${ACCOUNT} is not in ACTIVE status.`,
      ),
    );
  });

  test("a stream that is being deleted", () => {
    const { call, clock, create, failure, register } = aKinesis({ durations: { deletingMs: 30 * SECOND } });
    const ConsumerARN = register(create("s"), "c");
    call("DeleteStream", { StreamName: "s", EnforceConsumerDeletion: true });
    expect(failure("SubscribeToShard", input(ConsumerARN))).toEqual(
      inUse(`Stream s under account ${ACCOUNT} not ACTIVE, instead in state DELETING`),
    );
    clock.advance(30 * SECOND);
    expect(failure("SubscribeToShard", input(ConsumerARN))).toEqual(noConsumer(ConsumerARN));
  });

  test("a shard that the consumer follows already, even if the call only asks", () => {
    const { call, ConsumerARN, failure } = aConsumer();
    call("SubscribeToShard", input(ConsumerARN));
    expect(failure("SubscribeToShard", input(ConsumerARN, { DryRun: true }))).toEqual(
      inUse(`Another active subscription exists for this consumer: ${ACCOUNT}:s:${id(0)}:c`),
    );
  });

  test("a shard that does not exist, or cannot", () => {
    const { ConsumerARN, failure } = aConsumer();
    expect(failure("SubscribeToShard", input(ConsumerARN, { ShardId: "x" }))).toEqual(
      notFound(`Could not find shard x in ${under}.`),
    );
    expect(failure("SubscribeToShard", input(ConsumerARN, { ShardId: "7" }))).toEqual(
      notFound(`Shard ${id(7)} in ${under} does not exist`),
    );
  });

  test("a number of another shard", () => {
    const { call, create, failure, register } = aKinesis();
    const StreamName = create("s", { ShardCount: 2 });
    const ConsumerARN = register(StreamName);
    const shards = call<{
      readonly Shards: readonly { readonly SequenceNumberRange: { readonly StartingSequenceNumber: string } }[];
    }>("ListShards", { StreamName }).Shards;
    const SequenceNumber = shards[1]?.SequenceNumberRange.StartingSequenceNumber;
    const StartingPosition = { Type: "AT_SEQUENCE_NUMBER", SequenceNumber };
    expect(failure("SubscribeToShard", input(ConsumerARN, { StartingPosition }))).toEqual(
      invalidArgument(
        `Invalid StartingSequenceNumber. It encodes ${id(1)}, while it was used in a call to a shard with ${id(0)}`,
      ),
    );
  });

  test("no consumer because others came first, even where iterators are counted", () => {
    const { call, create, failure, iterator, register } = aKinesis(throttled);
    create("s");
    const consumers = [..."abcde"].map((name) => register("s", name));
    for (let time = 0; time < 5; time++) iterator("s");
    expect(failure("GetShardIterator", { StreamName: "s", ShardId: "0", ShardIteratorType: "LATEST" }).code).toBe(
      "ProvisionedThroughputExceededException",
    );
    for (const ConsumerARN of consumers) call("SubscribeToShard", input(ConsumerARN));
  });

  test("a second call within a second, where calls are counted", () => {
    const { ConsumerARN, call, clock, failure } = aConsumer(throttled);
    call("SubscribeToShard", input(ConsumerARN));
    expect(failure("SubscribeToShard", input(ConsumerARN))).toEqual(
      limitExceeded(`Rate exceeded for consumer c on shard ${id(0)} in ${under}.`),
    );
    clock.advance(SECOND);
    expect(failure("SubscribeToShard", input(ConsumerARN)).code).toBe("ResourceInUseException");
    clock.advance(4 * SECOND);
    call("SubscribeToShard", input(ConsumerARN));
  });
});
