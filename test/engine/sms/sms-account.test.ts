import { expect, test } from "vitest";
import { SmsDirectory } from "../../../src/engine/sms/sms-directory.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { stillTime } from "../../support/queue.ts";

const scope = scopeOf("000000000000", "us-east-1");
const NUMBER = "+15551234567";

function aDirectory() {
  const directory = new SmsDirectory({ clockOf: () => stillTime, ids: seededIds("sms") });
  return { directory, account: directory.in(scope) };
}

test("a number that opts out stays out until it opts in", () => {
  const { account } = aDirectory();
  account.optOut(NUMBER);
  account.optOut(NUMBER);
  expect([account.hasOptedOut(NUMBER), [...account.optedOutNumbers()]]).toEqual([true, [NUMBER]]);
  account.optIn(NUMBER);
  expect([account.hasOptedOut(NUMBER), [...account.optedOutNumbers()]]).toEqual([false, []]);
});

test.for(["+15551234567", "15551234567", "+1-555-123-4567", "1 555/123.4567"])("%s is the same number", (spelling) => {
  const { account } = aDirectory();
  account.optOut(NUMBER);
  expect(account.hasOptedOut(spelling)).toBe(true);
  account.optIn(spelling);
  expect(account.hasOptedOut(NUMBER)).toBe(false);
  account.optOut(spelling);
  expect([...account.optedOutNumbers()]).toEqual([NUMBER]);
});

test("a password has six digits", () => {
  const { account } = aDirectory();
  const passwords = Array.from({ length: 50 }, (_, index) => account.addSandboxNumber(`+1555000${1000 + index}`));
  expect(passwords.filter((password) => !/^\d{6}$/.test(password))).toEqual([]);
  expect(new Set(passwords).size).toBeGreaterThan(1);
});

test("a verified number that is added again stays verified", () => {
  const { account } = aDirectory();
  account.addSandboxNumber(NUMBER);
  account.verifySandboxNumber(NUMBER);
  const oneTimePassword = account.addSandboxNumber(NUMBER);
  expect(account.sandboxNumber(NUMBER)).toEqual({ number: NUMBER, isVerified: true, oneTimePassword });
});

test("resetting an account leaves the others", () => {
  const { account, directory } = aDirectory();
  const other = scopeOf("111111111111", "us-east-1");
  account.optOut(NUMBER);
  directory.in(other).optOut(NUMBER);
  directory.reset("000000000000");
  expect(directory.in(scope).hasOptedOut(NUMBER)).toBe(false);
  expect(directory.in(other).hasOptedOut(NUMBER)).toBe(true);
  directory.reset();
  expect(directory.in(other).hasOptedOut(NUMBER)).toBe(false);
});
