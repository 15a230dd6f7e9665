import { expect, test } from "vitest";
import { isAccountId, partitionOf, scopeKey, scopeOf } from "../../src/kernel/scope.ts";

test.for([
  ["us-east-1", "aws"],
  ["eu-central-1", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
  ["us-iso-east-1", "aws-iso"],
  ["us-isob-east-1", "aws-iso-b"],
  ["eu-isoe-west-1", "aws-iso-e"],
  ["us-isof-south-1", "aws-iso-f"],
  ["eusc-de-east-1", "aws-eusc"],
] as const)("%s is a region of the partition %s", ([region, partition]) => {
  expect(partitionOf(region)).toBe(partition);
  expect(scopeOf("123456789012", region)).toEqual({ partition, region, account: "123456789012" });
});

test("the key tells accounts and regions apart", () => {
  const keys = ["111111111111", "222222222222"].flatMap((account) =>
    ["us-east-1", "us-east-2"].map((region) => scopeKey(scopeOf(account, region))),
  );
  expect(new Set(keys).size).toBe(4);
});

test.for([
  ["123456789012", true],
  ["000000000000", true],
  ["12345678901", false],
  ["1234567890123", false],
  ["12345678901a", false],
  ["", false],
] as const)("%j as an account id: %s", ([text, expected]) => {
  expect(isAccountId(text)).toBe(expected);
});
