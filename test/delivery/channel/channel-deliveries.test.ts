import * as zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import { ChannelDeliveries } from "../../../src/delivery/channel/channel-deliveries.ts";
import { StreamDirectory } from "../../../src/engine/stream/account/stream-directory.ts";
import type { Streams } from "../../../src/engine/stream/account/streams.ts";
import type { Channel, ChannelDefinition } from "../../../src/engine/stream/channel/channel.ts";
import { EventLogs } from "../../../src/kernel/event/event-logs.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { Clocks } from "../../../src/kernel/time/clocks.ts";
import {
  ACCOUNT,
  aChannelDefinition,
  create,
  MINUTE,
  put,
  REGION,
  type RuleChanges,
  SECOND,
  START,
  slow,
  streamRules,
  thisTurn,
} from "../../support/stream.ts";

const HALF_AN_HOUR = 30 * MINUTE;

/** What a Zstandard frame holds; where Node cannot tell, it is the one raw block behind the headers. */
function unpackedZstd(content: Buffer): Buffer {
  const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (frame: Buffer) => Buffer };
  return zstdDecompressSync === undefined ? content.subarray(12) : zstdDecompressSync(content);
}

interface KeptObject {
  readonly bucket: string;
  readonly key: string;
  readonly content: Buffer;
}

interface Wishes {
  readonly rules?: RuleChanges;
  readonly longestWaitMs?: number;
  /** Whether no object can be put. */
  readonly isBroken?: boolean;
}

/** A stream whose channel's objects are kept by the test. */
function aDelivery({ rules = {}, longestWaitMs = HALF_AN_HOUR, isBroken = false }: Wishes = {}) {
  const clocks = new Clocks({ now: () => START, at: () => () => {} });
  const clock = clocks.of(ACCOUNT);
  clock.freeze();
  const clockOf = (account: string) => clocks.of(account);
  const objects: KeptObject[] = [];
  const reported: unknown[] = [];
  const logs = new EventLogs();
  const deliveries = new ChannelDeliveries({
    clockOf,
    ids: seededIds("objects"),
    streamOf: (arn) => directory.byArn(arn),
    channelOf: (arn) => directory.channelByArn(arn),
    channels: (account) => directory.within({ account }).flatMap(({ channels }) => channels.list()),
    longestWaitMs,
    written: () => {},
    report: (cause) => void reported.push(cause),
    put: async (bucketArn, key, content) => {
      if (isBroken) throw new Error("the disk is full");
      objects.push({ bucket: bucketArn.replace("arn:aws:s3:::", ""), key, content: Buffer.from(content) });
    },
  });
  const directory: StreamDirectory = new StreamDirectory({
    clockOf,
    ids: seededIds("streams"),
    rules: streamRules(rules),
    logs,
  });
  logs.listen((_, entries) => deliveries.hear(entries));
  const streams = directory.in(scopeOf(ACCOUNT, REGION));
  const stream = create(streams, { shardCount: 2 });
  clock.advance(rules.durations?.creatingMs ?? 0);
  return {
    clock,
    deliveries,
    streams,
    stream,
    reported,
    /** What has been put once everything under way has, and leaves nothing more to come. */
    close: async () => {
      await deliveries.close();
      return objects;
    },
    objects,
  };
}

function open(streams: Streams, rest: Partial<ChannelDefinition> = {}): Channel {
  const channel = streams.channels.create(() => aChannelDefinition(rest));
  if (typeof channel === "string") throw new Error(channel);
  return channel;
}

/** Bytes that need not be JSON. */
const BYTES: Partial<ChannelDefinition> = {
  sources: [{ ...aChannelDefinition().sources[0]!, recordFormat: "BYTE_ARRAY" }],
};

function storedAs(compression: "NONE" | "GZIP" | "ZSTD", keyTemplate = "o!{extension}"): Partial<ChannelDefinition> {
  const { destination } = aChannelDefinition();
  if (destination.type !== "S3") throw new Error("the channel has no bucket");
  return { ...BYTES, destination: { ...destination, storage: { ...destination.storage, compression, keyTemplate } } };
}

const texts = (objects: readonly KeptObject[]): string[] => objects.map(({ content }) => content.toString());

describe("records", () => {
  test("go together when the oldest has waited for as long as the channel says", async () => {
    const { clock, close, objects, stream, streams } = aDelivery();
    open(streams, BYTES);
    put(stream, ["a"]);
    clock.advance(MINUTE);
    put(stream, ["b"]);
    clock.advance(4 * MINUTE - 1);
    await thisTurn();
    expect(objects).toEqual([]);
    clock.advance(1);
    await thisTurn();
    expect(texts(objects)).toEqual(["ab"]);
    expect(await close()).toHaveLength(1);
  });

  test("that came while nothing stood in for buckets go once something does", async () => {
    const { clock, close, deliveries, objects, stream, streams } = aDelivery();
    put(stream, ["before"]);
    clock.advance(MINUTE);
    const channel = open(streams, BYTES);
    deliveries.reset();
    put(stream, ["a", "b"]);
    streams.channels.update(channel, { ...channel, destination: { ...channel.destination, freshnessMs: 10 * MINUTE } });
    clock.advance(HALF_AN_HOUR);
    await thisTurn();
    expect(objects).toEqual([]);
    deliveries.resume(ACCOUNT);
    deliveries.resume();
    expect(deliveries.flushes(ACCOUNT).map(({ at }) => at)).toEqual([clock.now() + 10 * MINUTE]);
    put(stream, ["c"]);
    clock.advance(10 * MINUTE);
    expect(texts(await close())).toEqual(["abc"]);
  });

  test("that came while a delivery was written down go when it is gone on with", async () => {
    const { clock, close, deliveries, stream, streams } = aDelivery();
    open(streams, BYTES);
    put(stream, ["delivered"]);
    clock.advance(5 * MINUTE);
    const kept = JSON.parse(JSON.stringify([...deliveries.entries(ACCOUNT)]));
    deliveries.reset(ACCOUNT);
    put(stream, ["meanwhile"]);
    for (const entry of kept) deliveries.replay(entry);
    deliveries.resume(ACCOUNT);
    clock.advance(5 * MINUTE);
    expect(texts(await close())).toEqual(["delivered", "meanwhile"]);
  });

  test("of a channel that is being deleted stay where they are, whoever goes on", async () => {
    const { clock, close, deliveries, stream, streams } = aDelivery({ rules: { durations: { channelMs: MINUTE } } });
    const channel = open(streams, BYTES);
    clock.advance(MINUTE);
    deliveries.reset();
    put(stream, ["a"]);
    streams.channels.delete(channel);
    deliveries.resume();
    clock.advance(HALF_AN_HOUR);
    expect(await close()).toEqual([]);
  });

  test("that wait go together at the same instant when their delivery is written down and gone on with", async () => {
    const { clock, close, deliveries, objects, stream, streams } = aDelivery();
    open(streams, BYTES);
    put(stream, ["delivered"]);
    clock.advance(5 * MINUTE);
    put(stream, ["a"]);
    clock.advance(MINUTE);
    const kept = JSON.parse(JSON.stringify([...deliveries.entries(ACCOUNT)]));
    deliveries.reset(ACCOUNT);
    expect([...deliveries.entries()]).toEqual([]);
    for (const entry of kept) deliveries.replay(entry);
    expect(JSON.parse(JSON.stringify([...deliveries.entries()]))).toEqual(kept);
    put(stream, ["b"]);
    clock.advance(4 * MINUTE - 1);
    await thisTurn();
    expect(texts(objects)).toEqual(["delivered"]);
    clock.advance(1);
    expect(texts(await close())).toEqual(["delivered", "ab"]);
  });

  test("of later wait for as long again", async () => {
    const { clock, close, stream, streams } = aDelivery();
    open(streams, BYTES);
    put(stream, ["a"]);
    clock.advance(5 * MINUTE);
    put(stream, ["b"]);
    clock.advance(5 * MINUTE);
    expect(texts(await close())).toEqual(["a", "b"]);
  });

  test("wait no longer than the profile lets them", async () => {
    const { clock, objects, stream, streams } = aDelivery({ longestWaitMs: SECOND });
    open(streams, BYTES);
    put(stream, ["a"]);
    clock.advance(SECOND - 1);
    await thisTurn();
    expect(objects).toEqual([]);
    clock.advance(1);
    await thisTurn();
    expect(texts(objects)).toEqual(["a"]);
  });

  test("of every shard go into one object, those of each in their order, resharded or not", async () => {
    const { clock, close, stream, streams } = aDelivery();
    open(streams, BYTES);
    put(stream, ["3", "4"], { partitionKey: "b" });
    put(stream, ["1", "2"], { explicitHashKey: 0n });
    stream.shards.split(0, 1000n);
    clock.advance(2 * SECOND);
    put(stream, ["5"], { explicitHashKey: 0n });
    clock.advance(5 * MINUTE);
    expect(texts(await close())).toEqual(["12345"]);
  });

  test("from before the channel was ACTIVE are not delivered", async () => {
    const { clock, close, stream, streams } = aDelivery({ rules: slow });
    put(stream, ["before"]);
    open(streams, BYTES);
    clock.advance(30 * SECOND - 1);
    put(stream, ["creating"]);
    clock.advance(1);
    put(stream, ["active"]);
    clock.advance(5 * MINUTE);
    expect(texts(await close())).toEqual(["active"]);
  });

  test("of other streams are nobody's business", async () => {
    const { clock, close, streams } = aDelivery();
    open(streams, BYTES);
    put(create(streams, { name: "other" }), ["x"]);
    clock.advance(5 * MINUTE);
    expect(await close()).toEqual([]);
  });

  test("of more than 64 MiB go into several objects", async () => {
    const { clock, close, stream, streams } = aDelivery();
    open(streams, storedAs("NONE", "o"));
    const data = Buffer.alloc(10 * 1024 * 1024 - 1);
    for (let record = 0; record < 7; record++) put(stream, [""], { data });
    clock.advance(5 * MINUTE);
    const objects = await close();
    expect(objects.map(({ content }) => content.length / data.length)).toEqual([6, 1]);
    expect(new Set(objects.map(({ key }) => key)).size).toBe(2);
  });

  test("go to a table nowhere", async () => {
    const { clock, close, stream, streams } = aDelivery();
    const { deadLetters } = aChannelDefinition().destination;
    open(streams, { destination: { type: "S3_TABLES", tables: [], deadLetters, freshnessMs: 5 * MINUTE } });
    put(stream, ["{}"]);
    clock.advance(5 * MINUTE);
    expect(await close()).toEqual([]);
  });
});

describe("an object", () => {
  test("is in the channel's bucket, under a key of its template with a suffix of its own", async () => {
    const { clock, close, stream, streams } = aDelivery();
    open(streams, storedAs("NONE", "!{channel-name}/!{stream-name}/!{yyyy}-!{MM}-!{dd}T!{HH}:!{mm}"));
    for (const text of ["a", "b"]) {
      put(stream, [text]);
      clock.advance(5 * MINUTE);
    }
    const [first, second] = await close();
    expect(first).toMatchObject({
      bucket: "bucket",
      key: expect.stringMatching(/^channel\/stream\/2023-11-14T22:13-000000-[0-9a-f]{12}$/),
    });
    expect(second?.key).toMatch(/^channel\/stream\/2023-11-14T22:18-000001-[0-9a-f]{12}$/);
  });

  test.for([
    ["NONE", "", (content: Buffer) => content.toString()],
    ["GZIP", ".gz", (content: Buffer) => zlib.gunzipSync(content).toString()],
    ["ZSTD", ".zst", (content: Buffer) => unpackedZstd(content).toString()],
  ] as const)("is compressed as the channel says: %s", async ([compression, extension, read]) => {
    const { close, stream, streams } = aDelivery();
    open(streams, storedAs(compression));
    put(stream, ["hello"]);
    const [object] = await close();
    expect(object?.key).toMatch(new RegExp(`^o-000000-[0-9a-f]{12}${extension.replace(".", "\\.")}$`));
    expect(read(object!.content)).toBe("hello");
  });

  test("that cannot be put is reported, and the next one is tried", async () => {
    const { clock, close, reported, stream, streams } = aDelivery({ isBroken: true });
    open(streams, BYTES);
    put(stream, ["a"]);
    clock.advance(5 * MINUTE);
    put(stream, ["b"]);
    expect(await close()).toEqual([]);
    expect(reported).toEqual([new Error("the disk is full"), new Error("the disk is full")]);
  });
});

test("records that are not of the format go to the bucket for dead letters, with what is wrong about them", async () => {
  const { clock, close, stream, streams } = aDelivery();
  open(streams);
  put(stream, ['{"good":1}']);
  const [bad] = put(stream, ["{bad"]);
  clock.advance(5 * MINUTE);
  const [delivered, refused] = await close();
  expect(delivered).toMatchObject({ bucket: "bucket", content: Buffer.from('{"good":1}') });
  expect(refused?.key).toMatch(
    /^errors\/2023\/11\/14\/22\/channel-[0-9a-f-]{36}-2023-11-14-22-13-000001-[0-9a-f]{12}\.json$/,
  );
  expect(JSON.parse(refused!.content.toString())).toEqual({
    errorCode: "InvalidJson",
    errorMessage: "The record is not a valid JSON payload.",
    streamARN: stream.arn,
    shardId: "shardId-000000000000",
    sequenceNumber: bad?.sequenceNumber,
    partitionKey: "a",
    approximateArrivalTimestamp: "2023-11-14T22:13:20.000Z",
    rawData: Buffer.from("{bad").toString("base64"),
  });
});

describe("the life of a channel", () => {
  test("nothing runs while nothing waits", async () => {
    const { clock, close, stream, streams } = aDelivery();
    open(streams, BYTES);
    expect(clock.pending).toBe(0);
    put(stream, ["a", "b"]);
    expect(clock.pending).toBe(1);
    clock.advance(5 * MINUTE);
    expect(clock.pending).toBe(0);
    await close();
  });

  test("an update changes how long records wait, those that do already included", async () => {
    const { clock, close, stream, streams } = aDelivery();
    const channel = open(streams, BYTES);
    put(stream, ["a"]);
    const freshness = (freshnessMs: number) =>
      streams.channels.update(channel, { ...channel, destination: { ...channel.destination, freshnessMs } });
    freshness(15 * MINUTE);
    clock.advance(10 * MINUTE);
    put(stream, ["b"]);
    freshness(5 * MINUTE);
    clock.advance(0);
    put(stream, ["c"]);
    expect(texts(await close())).toEqual(["ab", "c"]);
  });

  test("deleting it delivers what waits, and nothing that comes later", async () => {
    const { clock, close, objects, stream, streams } = aDelivery();
    const channel = open(streams, BYTES);
    put(stream, ["a"]);
    streams.channels.delete(channel);
    put(stream, ["b"]);
    await thisTurn();
    expect(texts(objects)).toEqual(["a"]);
    expect(clock.pending).toBe(0);
    expect(await close()).toHaveLength(1);
  });

  test("a stream can have another one afterwards", async () => {
    const { close, stream, streams } = aDelivery();
    streams.channels.delete(open(streams, BYTES));
    put(stream, ["between"]);
    open(streams, BYTES);
    put(stream, ["a"]);
    expect(texts(await close())).toEqual(["a"]);
  });

  test("closing delivers what waits", async () => {
    const { clock, close, stream, streams } = aDelivery();
    open(streams, BYTES);
    put(stream, ["a"]);
    expect(texts(await close())).toEqual(["a"]);
    expect(clock.pending).toBe(0);
  });

  test.for([
    { account: ACCOUNT, expected: [] },
    { account: undefined, expected: [] },
    { account: "123456789012", expected: ["a"] },
  ])("a reset of $account leaves $expected", async ({ account, expected }) => {
    const { clock, close, deliveries, stream, streams } = aDelivery();
    open(streams, BYTES);
    put(stream, ["a"]);
    deliveries.reset(account);
    expect(clock.pending).toBe(expected.length);
    expect(texts(await close())).toEqual(expected);
  });
});
