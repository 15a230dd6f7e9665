import { describe, expect, test } from "vitest";
import { ACCOUNT, aKinesis, type Input, invalid } from "../../../support/kinesis.ts";
import { atLeast, atMost, bytes, filled, KEY_BOUNDS, NAME, NOT_NULL } from "./constrained-shapes.ts";

// Kinesis reference 2.1 to 2.3, 2.6

const { failure } = aKinesis();

describe("values are shown", () => {
  test.for<[title: string, operation: string, input: Input, clauses: readonly string[]]>([
    [
      "texts as they are, however long",
      "GetRecords",
      { ShardIterator: filled(514) },
      [`'${filled(514)}' at 'shardIterator': ${atMost(512)}`],
    ],
    [
      "an ARN in the place of a name",
      "DescribeStream",
      { StreamName: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s` },
      [`'arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s' at 'streamName': ${NAME}`],
    ],
    [
      "texts that look like something else",
      "DescribeStream",
      { StreamName: "'; Value null at 'x'" },
      [`''; Value null at 'x'' at 'streamName': ${NAME}`],
    ],
    [
      "numbers in full",
      "GetRecords",
      { ShardIterator: "x", Limit: -2147483648 },
      ["'-2147483648' at 'limit': Member must have value greater than or equal to 1"],
    ],
    [
      "lists of texts",
      "RemoveTagsFromStream",
      { StreamName: "s", TagKeys: ["a", filled(129), "b"] },
      [`'[a, ${filled(129)}, b]' at 'tagKeys': Member must satisfy constraint: ${KEY_BOUNDS}`],
    ],
    [
      "maps of texts",
      "AddTagsToStream",
      { StreamName: "s", Tags: { "": "v", k: "w" } },
      [`'{=v, k=w}' at 'tags': Map keys must satisfy constraint: ${KEY_BOUNDS}`],
    ],
    ["no list at all", "PutRecords", { StreamName: "s", Records: [] }, [`'[]' at 'records': ${atLeast(1)}`]],
    [
      "neither bytes",
      "PutRecord",
      { StreamName: "s", Data: bytes(10_485_761), PartitionKey: "k" },
      [`at 'data': ${atMost(10_485_760)}`],
    ],
    [
      "nor lists of structures, though what is in them",
      "PutRecords",
      {
        StreamName: "s",
        Records: [
          ...Array.from({ length: 500 }, () => ({ PartitionKey: "k", Data: bytes(1) })),
          { PartitionKey: "", Data: bytes(1) },
        ],
      },
      [`at 'records': ${atMost(500)}`, `'' at 'records.501.member.partitionKey': ${atLeast(1)}`],
    ],
  ])("%s", ([, operation, input, clauses]) => {
    expect(failure(operation, input)).toEqual(invalid(...clauses));
  });
});

test.for([9, 10, 11, 500])("of %i errors up to ten are told and counted", (count) => {
  const Records = Array.from({ length: count }, () => ({ PartitionKey: "k" }));
  const told = Array.from({ length: Math.min(count, 10) }, (_, index) => index + 1);
  expect(failure("PutRecords", { StreamName: "s", Records })).toEqual(
    invalid(...told.map((position) => `null at 'records.${position}.member.data': ${NOT_NULL}`)),
  );
});

test("a list of bad items is one error of ten, and leaves room for those of later members", () => {
  const TagKeys = Array.from({ length: 50 }, () => "");
  expect(failure("RemoveTagsFromStream", { TagKeys, StreamName: "" })).toEqual(
    invalid(
      `'[${TagKeys.join(", ")}]' at 'tagKeys': Member must satisfy constraint: ${KEY_BOUNDS}`,
      `'' at 'streamName': ${NAME}`,
      `'' at 'streamName': ${atLeast(1)}`,
    ),
  );
});
