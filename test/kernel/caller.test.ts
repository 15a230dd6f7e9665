import { expect, test } from "vitest";
import { callerArn, callerUserId, scopeOf } from "../../src/kernel/scope.ts";

test("an account's user id has AWS's form and never changes", () => {
  const id = callerUserId("123456789012");
  expect(id).toMatch(/^AIDA[A-Z2-7]{17}$/);
  expect(callerUserId("123456789012")).toBe(id);
});

test("an account's user id is the same after more accounts called than are remembered", () => {
  const id = callerUserId("123456789012");
  for (let account = 0; account < 1100; account++) callerUserId(String(account).padStart(12, "0"));
  expect(callerUserId("123456789012")).toBe(id);
});

test("accounts have different users", () => {
  expect(callerUserId("111111111111")).not.toBe(callerUserId("222222222222"));
});

test("the caller's ARN names its partition and account and no region", () => {
  expect(callerArn(scopeOf("123456789012", "cn-north-1"))).toBe("arn:aws-cn:iam::123456789012:user/waystation");
});
