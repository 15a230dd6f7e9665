import { describe, expect, test } from "vitest";
import { ACCOUNT, aKinesis, type Input, invalidArgument, type Placed, START } from "../../support/kinesis.ts";

const under = `stream s under account ${ACCOUNT}`;
const record = (more: Input = {}): Input => ({ StreamName: "s", Data: Buffer.from("x"), PartitionKey: "k", ...more });
const BEYOND = 2n ** 128n;
const OUT_OF_RANGE = invalidArgument(
  `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${BEYOND}`,
);

// Kinesis reference 3.5, 10.2

describe("SequenceNumberForOrdering", () => {
  const hex = (digits: string) => BigInt(`0x${digits}`).toString();
  const SECOND_NOW = (START / 1000).toString(16).padStart(9, "0");
  const SECOND_TO_COME = (START / 1000 + 1).toString(16).padStart(9, "0");

  test.for<[title: string, number: string]>([
    ["the number of an earlier record", "earlier"],
    ["0", "0"],
    ["an all-zero number of version 2", hex(`2${"0".repeat(45)}2`)],
    ["an all-zero number of version 1", hex(`2${"0".repeat(45)}1`)],
    ["a number of another shard", hex(`2${SECOND_NOW}1${"0".repeat(16)}00${SECOND_NOW}000000112`)],
    ["a number of a shard that cannot be", hex(`2${"0".repeat(37)}800000002`)],
    ["a number of this second", hex(`2${SECOND_NOW}0${"0".repeat(16)}00${SECOND_NOW}000000002`)],
  ])("can be %s", ([, number]) => {
    const { call, create, put } = aKinesis();
    const [earlier] = put(create("s"), ["x"]);
    const SequenceNumberForOrdering = number === "earlier" ? earlier!.SequenceNumber : number;
    const { SequenceNumber } = call<Placed>("PutRecord", record({ SequenceNumberForOrdering }));
    expect(BigInt(SequenceNumber) > BigInt(earlier!.SequenceNumber)).toBe(true);
  });

  test.for<[title: string, number: string]>([
    ["of version 3", hex(`2${"0".repeat(45)}3`)],
    ["of version 4", hex(`2${"0".repeat(45)}4`)],
    ["with an index of 64 bits", hex(`2${"0".repeat(10)}8${"0".repeat(34)}2`)],
    ["that begins with 3", hex(`3${"0".repeat(45)}2`)],
    ["that begins with 1fff", hex(`1fff${"0".repeat(42)}2`)],
    ["of all ones", hex(`2${"f".repeat(27)}00${"0".repeat(9)}${"f".repeat(8)}2`)],
    ["of version 0 and a time beyond all times", hex(`1${"f".repeat(9)}${"0".repeat(22)}`)],
    ["of a second to come", hex(`2${SECOND_NOW}0${"0".repeat(16)}00${SECOND_TO_COME}000000002`)],
  ])("cannot be one %s", ([, SequenceNumberForOrdering]) => {
    const { create, failure } = aKinesis();
    create("s");
    expect(failure("PutRecord", record({ SequenceNumberForOrdering }))).toEqual(
      invalidArgument(
        `ExclusiveMinimumSequenceNumber ${SequenceNumberForOrdering} used in PutRecord on ${under} is invalid.`,
      ),
    );
  });

  test("is looked at after the hash key", () => {
    const { create, failure } = aKinesis();
    create("s");
    const given = record({ ExplicitHashKey: String(BEYOND), SequenceNumberForOrdering: `4${"0".repeat(60)}` });
    expect(failure("PutRecord", given)).toEqual(OUT_OF_RANGE);
  });
});
