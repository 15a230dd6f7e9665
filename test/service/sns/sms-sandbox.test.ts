import { expect, test } from "vitest";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { aService, missingValue, validationError } from "../../support/sns.ts";

// §21.3

const PhoneNumber = "+15551234567";
const missing = { code: "ResourceNotFound", status: 404, message: "Resource does not exist" };

test("no account is in the sandbox", () => {
  const { call } = aService();
  expect(call("GetSMSSandboxAccountStatus", {})).toEqual({ IsInSandbox: false });
});

test("a number is sent a password, and is verified by it", () => {
  const { call, failure, texts } = aService();
  expect(call("CreateSMSSandboxPhoneNumber", { PhoneNumber, LanguageCode: "de-DE" })).toEqual({});
  const status = (Status: string) => ({ PhoneNumbers: [{ PhoneNumber, Status }] });
  expect(call("ListSMSSandboxPhoneNumbers", {})).toEqual(status("Pending"));
  expect(texts).toMatchObject([{ to: PhoneNumber, text: expect.stringMatching(/^Your verification code is \d{6}$/) }]);
  const OneTimePassword = texts[0]!.text.slice(-6);
  const wrong = OneTimePassword === "000000" ? "000001" : "000000";
  expect(failure("VerifySMSSandboxPhoneNumber", { PhoneNumber, OneTimePassword: wrong })).toMatchObject({
    code: "VerificationException",
    status: 400,
  });
  expect(call("ListSMSSandboxPhoneNumbers", {})).toEqual(status("Pending"));
  expect(call("VerifySMSSandboxPhoneNumber", { PhoneNumber, OneTimePassword })).toEqual({});
  expect(call("ListSMSSandboxPhoneNumbers", {})).toEqual(status("Verified"));
});

test("a number that is added again gets a new password and stays verified", () => {
  const { call, failure, texts } = aService();
  call("CreateSMSSandboxPhoneNumber", { PhoneNumber });
  const first = texts[0]!.text.slice(-6);
  call("VerifySMSSandboxPhoneNumber", { PhoneNumber, OneTimePassword: first });
  call("CreateSMSSandboxPhoneNumber", { PhoneNumber });
  expect(call("ListSMSSandboxPhoneNumbers", {})).toEqual({ PhoneNumbers: [{ PhoneNumber, Status: "Verified" }] });
  expect(texts[1]!.text.slice(-6)).not.toBe(first);
  expect(failure("VerifySMSSandboxPhoneNumber", { PhoneNumber, OneTimePassword: first })).toMatchObject({
    code: "VerificationException",
  });
});

test("a number can be taken out again", () => {
  const { call, failure } = aService();
  call("CreateSMSSandboxPhoneNumber", { PhoneNumber });
  expect(call("DeleteSMSSandboxPhoneNumber", { PhoneNumber })).toEqual({});
  expect(call("ListSMSSandboxPhoneNumbers", {})).toEqual({ PhoneNumbers: [] });
  expect(failure("DeleteSMSSandboxPhoneNumber", { PhoneNumber })).toEqual(missing);
  expect(failure("VerifySMSSandboxPhoneNumber", { PhoneNumber, OneTimePassword: "123456" })).toEqual(missing);
});

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `+1555000${1000 + index}`);

test("there are ten numbers at most", () => {
  const { call, failure } = aService();
  for (const number of numbers(10)) call("CreateSMSSandboxPhoneNumber", { PhoneNumber: number });
  expect(failure("CreateSMSSandboxPhoneNumber", { PhoneNumber })).toMatchObject({ code: "UserError", status: 400 });
  expect(call("CreateSMSSandboxPhoneNumber", { PhoneNumber: numbers(1)[0] })).toEqual({});
});

test("numbers come in pages", () => {
  const { call } = aService();
  for (const number of numbers(3)) call("CreateSMSSandboxPhoneNumber", { PhoneNumber: number });
  const entries = numbers(3).map((number) => ({ PhoneNumber: number, Status: "Pending" }));
  const first = call("ListSMSSandboxPhoneNumbers", { MaxResults: 2 }) as { NextToken: string };
  expect(first).toMatchObject({ PhoneNumbers: entries.slice(0, 2) });
  expect(call("ListSMSSandboxPhoneNumbers", { MaxResults: 2, NextToken: first.NextToken })).toEqual({
    PhoneNumbers: entries.slice(2),
  });
});

test("a number that opted out is not sent a password", () => {
  const { failure, sms, texts } = aService();
  sms.in(scopeOf("000000000000", "us-east-1")).optOut(PhoneNumber);
  expect(failure("CreateSMSSandboxPhoneNumber", { PhoneNumber })).toMatchObject({ code: "OptedOut", status: 400 });
  expect(texts).toEqual([]);
});

const pattern = (value: string) =>
  `Value '${value}' at 'phoneNumber' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(\\+[0-9]{8,}|[0-9]{0,9})$`;
const languages = "en-US, en-GB, es-419, es-ES, de-DE, fr-CA, fr-FR, it-IT, ja-JP, pt-BR, kr-KR, zh-CN, zh-TW";

test.for<[operation: string, input: object, clause: string]>([
  ["CreateSMSSandboxPhoneNumber", { PhoneNumber: "+1555123" }, pattern("+1555123")],
  ["CreateSMSSandboxPhoneNumber", { PhoneNumber: "1234567890" }, pattern("1234567890")],
  [
    "CreateSMSSandboxPhoneNumber",
    { PhoneNumber: "+12345678901234567890" },
    "Value '+12345678901234567890' at 'phoneNumber' failed to satisfy constraint: Member must have length less than or equal to 20",
  ],
  [
    "CreateSMSSandboxPhoneNumber",
    { PhoneNumber, LanguageCode: "de" },
    `Value 'de' at 'languageCode' failed to satisfy constraint: Member must satisfy enum value set: [${languages}]`,
  ],
  [
    "VerifySMSSandboxPhoneNumber",
    { PhoneNumber, OneTimePassword: "1234" },
    "Value '1234' at 'oneTimePassword' failed to satisfy constraint: Member must have length greater than or equal to 5",
  ],
  [
    "VerifySMSSandboxPhoneNumber",
    { PhoneNumber, OneTimePassword: "123456789" },
    "Value '123456789' at 'oneTimePassword' failed to satisfy constraint: Member must have length less than or equal to 8",
  ],
  [
    "VerifySMSSandboxPhoneNumber",
    { PhoneNumber, OneTimePassword: "12345a" },
    "Value '12345a' at 'oneTimePassword' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9]+$",
  ],
  [
    "ListSMSSandboxPhoneNumbers",
    { MaxResults: 0 },
    "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    "ListSMSSandboxPhoneNumbers",
    { MaxResults: 101 },
    "Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
  ],
])("%s does not take %j", ([operation, input, clause]) => {
  const { failure } = aService();
  expect(failure(operation, { ...input })).toEqual(validationError(clause));
});

test.for(["CreateSMSSandboxPhoneNumber", "DeleteSMSSandboxPhoneNumber"])("%s wants a number", (operation) => {
  const { failure } = aService();
  expect(failure(operation, {})).toEqual(missingValue("PhoneNumber"));
});

test("a verification wants a number and a password", () => {
  const { failure } = aService();
  expect(failure("VerifySMSSandboxPhoneNumber", {})).toEqual(missingValue("PhoneNumber"));
  expect(failure("VerifySMSSandboxPhoneNumber", { PhoneNumber })).toEqual(missingValue("OneTimePassword"));
});
