import { describe, expect, test } from "vitest";
import {
  aKinesis,
  invalidArgument,
  MINUTE,
  noShard,
  OTHER_ACCOUNT,
  refusal,
  textsOf,
} from "../../../support/kinesis.ts";

const NO_ITERATOR = invalidArgument("Invalid ShardIterator.");

// Kinesis reference 3.6

describe("an iterator", () => {
  test("can be used again, and yields what there is by then", () => {
    const { create, iterator, put, read } = aKinesis();
    const first = iterator(create("s"));
    expect(read(first).Records).toEqual([]);
    put("s", ["a"]);
    expect(textsOf(read(first).Records)).toEqual(["a"]);
    expect(textsOf(read(first).Records)).toEqual(["a"]);
  });

  test("is followed by a new one, also when there is nothing to read", () => {
    const { clock, create, iterator, put, read } = aKinesis();
    let next = iterator(create("s"));
    for (let time = 0; time < 10; time++) {
      clock.advance(4 * MINUTE);
      next = read(next).NextShardIterator!;
    }
    put("s", ["a"]);
    expect(textsOf(read(next).Records)).toEqual(["a"]);
  });

  test("is never like another, even of the same place and time", () => {
    const { create, iterator, read } = aKinesis();
    const [first, second] = [iterator(create("s")), iterator("s")];
    const texts = [first, second, read(first).NextShardIterator, read(first).NextShardIterator];
    expect(new Set(texts).size).toBe(4);
  });

  test("does not remember the Limit", () => {
    const { create, iterator, put, read } = aKinesis();
    put(create("s"), ["a", "b", "c"]);
    const { NextShardIterator } = read(iterator("s"), { Limit: 1 });
    expect(textsOf(read(NextShardIterator!).Records)).toEqual(["b", "c"]);
  });

  test("may be wrapped in quotes", () => {
    const { create, iterator, read } = aKinesis();
    expect(read(`"${iterator(create("s"))}"`).Records).toEqual([]);
  });

  test("is good for five minutes", () => {
    const { clock, create, failure, iterator, read } = aKinesis();
    const ShardIterator = iterator(create("s"));
    clock.advance(300_000);
    read(ShardIterator);
    clock.advance(1);
    expect(failure("GetRecords", { ShardIterator })).toEqual(
      refusal(
        "ExpiredIteratorException",
        "Iterator expired. The iterator was created at time Tue Nov 14 22:13:20 UTC 2023 while right now it is Tue Nov 14 22:18:20 UTC 2023 which is further in the future than the tolerated delay of 300000 milliseconds.",
      ),
    );
  });

  test("that is too old is so even if its stream is gone", () => {
    const { call, clock, create, failure, iterator } = aKinesis();
    const StreamName = create("s");
    const ShardIterator = iterator(StreamName);
    call("DeleteStream", { StreamName });
    expect(failure("GetRecords", { ShardIterator })).toEqual(noShard(0, "s"));
    clock.advance(300_001);
    expect(failure("GetRecords", { ShardIterator }).code).toBe("ExpiredIteratorException");
  });

  test("of an earlier stream of the same name leads nowhere, or makes AWS stumble", () => {
    const { call, create, failure, iterator } = aKinesis();
    const StreamName = create("s", { ShardCount: 2 });
    const [first, second] = [iterator("s", { ShardId: "0" }), iterator("s", { ShardId: "1" })];
    call("DeleteStream", { StreamName });
    create("s");
    expect(failure("GetRecords", { ShardIterator: second })).toEqual(noShard(1, "s"));
    expect(failure("GetRecords", { ShardIterator: first })).toEqual({
      code: "InternalFailure",
      status: 500,
      message: "",
    });
  });

  test("leads to its own account, whoever uses it, and means nothing to another region", () => {
    const { call, create, failure, iterator, put } = aKinesis();
    const ShardIterator = iterator(create("s"));
    put("s", ["a"]);
    expect(call("GetRecords", { ShardIterator }, { account: OTHER_ACCOUNT })).toMatchObject({ Records: { length: 1 } });
    expect(failure("GetRecords", { ShardIterator }, { region: "eu-west-1" })).toEqual(
      invalidArgument("Invalid ShardIterator."),
    );
  });

  test("has to be one of the stream whose ARN stands beside it", () => {
    const { arnOf, create, failure, iterator, read } = aKinesis();
    const ShardIterator = iterator(create("s"));
    const StreamARN = arnOf(create("t"));
    read(ShardIterator, { StreamARN: arnOf("s") });
    expect(failure("GetRecords", { ShardIterator, StreamARN })).toEqual(
      invalidArgument(`StreamARN ${StreamARN} does not match the stream of the ShardIterator.`),
    );
  });

  test("of a stream that does not exist any more leads nowhere, whichever ARN stands beside it", () => {
    const { arnOf, call, create, failure, iterator } = aKinesis();
    const ShardIterator = iterator(create("s"));
    call("DeleteStream", { StreamName: "s" });
    expect(failure("GetRecords", { ShardIterator, StreamARN: arnOf("t") })).toEqual(noShard(0, "s"));
  });

  describe("that is none", () => {
    const { create, failure, iterator, read } = aKinesis();
    const good = iterator(create("s"));
    const changed = (at: number) => {
      const bytes = Buffer.from(good, "base64");
      bytes[at] = bytes[at]! ^ 1;
      return bytes.toString("base64");
    };
    const rest = good.slice(0, -4);
    test.for<[title: string, text: string]>([
      ["a word", "iterator"],
      ["no base64", `${rest}?===`],
      ["without its padding", good.replace(/=+$/, "")],
      ["cut short", Buffer.from(good, "base64").subarray(0, 151).toString("base64")],
      ["empty but for its beginning", `AAAAAAAAAAE${"A".repeat(191)}=`],
      ["with another beginning", changed(0)],
      ["with another time", changed(9)],
      ["with another shard", changed(33)],
      ["with another name", changed(63)],
      ["with another sum", changed(151)],
    ])("%s", ([, ShardIterator]) => {
      expect(failure("GetRecords", { ShardIterator })).toEqual(NO_ITERATOR);
    });

    test("while the one they were made of is one", () => {
      expect(read(good).Records).toEqual([]);
    });
  });
});
