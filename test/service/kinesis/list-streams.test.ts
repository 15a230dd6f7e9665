import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { aKinesis, type Input, invalidArgument, OTHER_ACCOUNT, refusal, START, slow } from "../../support/kinesis.ts";

interface Listing {
  readonly StreamNames: readonly string[];
  readonly HasMoreStreams: boolean;
  readonly NextToken?: string;
  readonly StreamSummaries: readonly Input[];
}

// Kinesis reference 6.6, 3.7

describe("ListStreams", () => {
  test("shows nothing where there is nothing", () => {
    expect(aKinesis().call("ListStreams")).toEqual({
      StreamNames: [],
      HasMoreStreams: false,
      NextToken: undefined,
      StreamSummaries: [],
    });
  });

  test("shows streams in every state, sorted by the bytes of their names", () => {
    const { call, create } = aKinesis(slow);
    for (const name of ["b", "a", "B", "_", "1"]) create(name);
    call("CreateStream", { StreamName: "new", ShardCount: 1 });
    call("DeleteStream", { StreamName: "a" });
    const { StreamNames, StreamSummaries } = call<Listing>("ListStreams");
    expect(StreamNames).toEqual(["1", "B", "_", "a", "b", "new"]);
    expect(StreamSummaries.map(({ StreamName, StreamStatus }) => `${StreamName} ${StreamStatus}`)).toEqual([
      "1 ACTIVE",
      "B ACTIVE",
      "_ ACTIVE",
      "a DELETING",
      "b ACTIVE",
      "new CREATING",
    ]);
  });

  test("summarises each", () => {
    const { call, create, arnOf } = aKinesis();
    create("s");
    expect(call<Listing>("ListStreams").StreamSummaries).toEqual([
      {
        StreamName: "s",
        StreamARN: arnOf("s"),
        StreamStatus: "ACTIVE",
        StreamModeDetails: { StreamMode: "PROVISIONED" },
        StreamCreationTimestamp: START,
      },
    ]);
  });

  test("shows only those of the caller's account and region", () => {
    const { call, create } = aKinesis();
    create("s");
    expect(call<Listing>("ListStreams", {}, { account: OTHER_ACCOUNT }).StreamNames).toEqual([]);
    expect(call<Listing>("ListStreams", {}, { region: "eu-west-1" }).StreamNames).toEqual([]);
  });

  test("goes on behind a name that need not exist", () => {
    const { call, create } = aKinesis();
    for (const name of ["a", "c", "e"]) create(name);
    const behind = (ExclusiveStartStreamName: string) =>
      call<Listing>("ListStreams", { ExclusiveStartStreamName }).StreamNames;
    expect([behind("a"), behind("b"), behind("e")]).toEqual([["c", "e"], ["c", "e"], []]);
  });

  test("goes on with a token, in pages of another size if need be", () => {
    const { call, create } = aKinesis();
    for (const name of ["a", "b", "c", "d"]) create(name);
    const first = call<Listing>("ListStreams", { Limit: 1 });
    const second = call<Listing>("ListStreams", { Limit: 2, NextToken: first.NextToken });
    const third = call<Listing>("ListStreams", { NextToken: second.NextToken });
    expect([first, second, third].map(({ StreamNames }) => StreamNames)).toEqual([["a"], ["b", "c"], ["d"]]);
    expect([first, second, third].map(({ HasMoreStreams }) => HasMoreStreams)).toEqual([true, true, false]);
    expect(third.NextToken).toBeUndefined();
  });

  test("shows a hundred at most", () => {
    const { call, create } = aKinesis();
    for (let number = 0; number <= 100; number++) create(`s${number}`);
    const { StreamNames, HasMoreStreams } = call<Listing>("ListStreams", { Limit: 10_000 });
    expect([StreamNames.length, HasMoreStreams]).toEqual([100, true]);
    expect(call<Listing>("ListStreams").StreamNames).toHaveLength(100);
  });

  test("a token is good for 300 seconds", () => {
    const { call, clock, create, failure } = aKinesis();
    create("a");
    create("b");
    const { NextToken } = call<Listing>("ListStreams", { Limit: 1 });
    clock.advance(300_000);
    expect(call<Listing>("ListStreams", { NextToken }).StreamNames).toEqual(["b"]);
    clock.advance(1);
    expect(failure("ListStreams", { NextToken })).toEqual(
      refusal("ExpiredNextTokenException", "NextToken has expired. Tokens are valid for 300 seconds."),
    );
  });

  /** A token of any content, with the check sum of ours. */
  const summed = (content: string): string => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(content));
    return Buffer.concat([sum, Buffer.from(content)]).toString("base64");
  };

  test.for([
    ...["x", "AAAA", Buffer.from("{}").toString("base64")],
    ...["no JSON", "null", "{}", '{"listing":"streams","issuedAt":"now","account":{},"after":1}'].map(summed),
  ])("%s is no token", (NextToken) => {
    expect(aKinesis().failure("ListStreams", { NextToken })).toEqual(invalidArgument("Invalid NextToken."));
  });

  test("the token of another listing is none here", () => {
    const { call, create, failure } = aKinesis();
    const StreamName = create("s", { ShardCount: 2 });
    const { NextToken } = call<{ readonly NextToken: string }>("ListShards", { StreamName, MaxResults: 1 });
    expect(failure("ListStreams", { NextToken })).toEqual(invalidArgument("Invalid NextToken."));
  });
});
