import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { managedIdentifiers } from "../../../../src/engine/topic/data-protection/managed-identifiers.ts";

/** The parts of the text that an identifier finds. */
function found(name: string, text: string): string[] {
  return (managedIdentifiers[name]?.(text) ?? []).map(({ start, end }) => text.slice(start, end));
}

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"; // AWS's own example

describe("e-mail addresses", () => {
  test.for([
    ["joe@example.com", ["joe@example.com"]],
    ['{"to":"joe.b+news@mail.example.co.uk"}', ["joe.b+news@mail.example.co.uk"]],
    ["a@b.de, c_d%e@f-g.org.", ["a@b.de", "c_d%e@f-g.org"]],
    ["<joe@example.com>", ["joe@example.com"]],
    [`${"a".repeat(64)}@example.com`, [`${"a".repeat(64)}@example.com`]],
    [`${"a".repeat(65)}@example.com`, []],
    ["joe@localhost", []],
    ["joe@example.c", []],
    ["@example.com", []],
    ["joe at example.com", []],
  ] as const)("in %j are %j", ([text, addresses]) => {
    expect(found("EmailAddress", text)).toEqual(addresses);
  });
});

describe("card numbers", () => {
  test.for([
    ["My credit card number is 4539894458086459", ["4539894458086459"]],
    ["4539 8944 5808 6459", ["4539 8944 5808 6459"]],
    ["4539-8944-5808-6459.", ["4539-8944-5808-6459"]],
    ["4539 8944-5808 6459", []],
    ["4539894458086458", []],
    ["378282246310005 and 3782 822463 10005", ["378282246310005", "3782 822463 10005"]],
    ["5555555555554444,2223003122003222", ["5555555555554444", "2223003122003222"]],
    ["4222222222222", ["4222222222222"]],
    ["422222222222", []],
    ["6011000990139424000", []],
    ["0000000000000000", []],
    ["14539894458086459", []],
    ["1.4539894458086459", []],
    ["card4539894458086459x", ["4539894458086459"]],
  ] as const)("in %j are %j", ([text, numbers]) => {
    expect(found("CreditCardNumber", text)).toEqual(numbers);
  });
});

describe("addresses", () => {
  test.for([
    ["from 10.0.0.1 to 255.255.255.255.", ["10.0.0.1", "255.255.255.255"]],
    ["http://10.0.0.1:8080/", ["10.0.0.1"]],
    ["256.0.0.1", []],
    ["1.2.3", []],
    ["1.2.3.4.5", []],
    ["v1.2.3.4", []],
    ["at fe80::1, or [2001:db8::8a2e:370:7334]:80", ["fe80::1", "2001:db8::8a2e:370:7334"]],
    ["::ffff:1.2.3.4.", ["::ffff:1.2.3.4"]],
    ["fe80:: and ::1", ["fe80::", "::1"]],
    ["std::cout :: 12:30:45", []],
  ] as const)("in %j are %j", ([text, addresses]) => {
    expect(found("IpAddress", text)).toEqual(addresses);
  });
});

describe("secret keys", () => {
  test.for([
    [`aws_secret_access_key=${SECRET}`, [SECRET]],
    [`{"secret":"${SECRET}"}`, [SECRET]],
    [`${SECRET}x`, []],
    [SECRET.slice(1), []],
    [`${SECRET}=`, []],
    ["da39a3ee5e6b4b0d3255bfef95601890afd80709", []],
  ] as const)("in %j are %j", ([text, keys]) => {
    expect(found("AwsSecretKey", text)).toEqual(keys);
  });
});

test("whatever the text, what is found is in order and does not overlap", () => {
  const piece = fc.constantFrom(
    "joe@example.com",
    "4539894458086459",
    "10.0.0.1",
    "fe80::1",
    SECRET,
    ".",
    "@",
    ":",
    " ",
    "a",
    "1",
  );
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom(...Object.keys(managedIdentifiers)), (pieces, name) => {
      const text = pieces.join("");
      let from = 0;
      for (const { start, end } of managedIdentifiers[name]!(text)) {
        expect(start).toBeGreaterThanOrEqual(from);
        expect(end).toBeGreaterThan(start);
        from = end;
      }
      expect(from).toBeLessThanOrEqual(text.length);
    }),
  );
});
