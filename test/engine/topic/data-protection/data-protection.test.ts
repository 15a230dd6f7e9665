import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataProtection } from "../../../../src/engine/topic/data-protection/data-protection.ts";
import type { NewNotification } from "../../../../src/engine/topic/notification.ts";
import { ControlledClock } from "../../../../src/kernel/time/controlled-clock.ts";
import { SystemClock } from "../../../../src/kernel/time/system-clock.ts";
import { aDelivery, aNotification, aSubscription, aTopic, ORIGIN, TOPIC_ARN } from "../../../delivery/deliveries.ts";
import { aPolicy, audit, managed, mask, policyText, redact } from "./policies.ts";

const USER = "arn:aws:iam::123456789012:user/one";
const OTHER = "arn:aws:iam::123456789012:user/other";
const CARD = "4539894458086459";

function aProtection() {
  const clock = new ControlledClock(new SystemClock());
  clock.freeze();
  return { protection: new DataProtection(() => clock), clock };
}

/** What the policy makes of a message, or of the whole content, that a user publishes. */
function published(policy: string, content: string | Partial<NewNotification>, principal = USER) {
  const { protection } = aProtection();
  const parts = typeof content === "string" ? { message: content } : content;
  const topic = aTopic({}, { dataProtectionPolicy: policy });
  const allowed = protection.inbound(topic, { message: "", origin: ORIGIN, ...parts }, principal);
  return typeof allowed === "string" || typeof content !== "string" ? allowed : allowed.message;
}

/** Denies what one of the patterns matches. */
function aCustomPolicy(...patterns: readonly string[]): string {
  const names = patterns.map((_, index) => `custom-${index}`);
  const CustomDataIdentifier = patterns.map((Regex, index) => ({ Name: names[index], Regex }));
  const Statement = [{ DataDirection: "Inbound", Principal: ["*"], DataIdentifier: names, Operation: { Deny: {} } }];
  return policyText({ Configuration: { CustomDataIdentifier }, Statement });
}

describe("a message on its way in", () => {
  test("is denied when it has what a statement denies", () => {
    expect(published(aPolicy(), "to joe@example.com")).toBe("denied");
    expect(published(aPolicy(), "to joe")).toBe("to joe");
  });

  test.for([
    [mask(), `${"*".repeat(15)}, ****`],
    [mask("#"), `${"#".repeat(15)}, ****`],
    [redact, ", ****"],
  ] as const)("is changed by %o", ([Operation, text]) => {
    expect(published(aPolicy({ Operation }), "joe@example.com, ****")).toBe(text);
  });

  test("is redacted as in the guide", () => {
    const policy = aPolicy({ DataIdentifier: [managed("CreditCardNumber")], Operation: redact });
    expect(published(policy, `My credit card number is ${CARD}`)).toBe("My credit card number is ");
  });

  test("is changed by one statement after the other, for each of their identifiers", () => {
    const policy = aPolicy(
      { DataIdentifier: [managed("EmailAddress"), managed("IpAddress")], Operation: mask("x") },
      { DataIdentifier: [managed("CreditCardNumber")], Operation: redact },
    );
    expect(published(policy, `10.0.0.1 joe@a.de ${CARD} 10.0.0.2`)).toBe("xxxxxxxx xxxxxxxx  xxxxxxxx");
  });

  test("is denied for what another statement would have masked", () => {
    expect(published(aPolicy({ Operation: mask() }, {}), "joe@example.com")).toBe("denied");
  });

  test("passes a statement about an identifier that nothing here finds", () => {
    expect(published(aPolicy({ DataIdentifier: [managed("Name")] }), "joe@example.com")).toBe("joe@example.com");
  });

  test("is held against custom identifiers", () => {
    const Configuration = {
      CustomDataIdentifier: [
        { Name: "EmployeeId", Regex: "EID-\\d{9}-US" },
        { Name: "empty", Regex: "x*" },
      ],
    };
    const Statement = [
      { DataDirection: "Inbound", Principal: ["*"], DataIdentifier: ["EmployeeId", "empty"], Operation: mask("#") },
    ];
    expect(published(policyText({ Configuration, Statement }), "EID-123456789-US, xx")).toBe(`${"#".repeat(16)}, ##`);
  });

  test("is held against a custom identifier that would take other engines years", () => {
    const policy = aCustomPolicy("(a+)+n0", "(b|b)*$");
    const text = "a".repeat(50_000);
    expect(published(policy, text)).toBe(text);
    expect(published(policy, `${text}n0`)).toBe("denied");
    expect(published(policy, `${text}bb`)).toBe("denied");
  });

  // GAP: what AWS does with a pattern that is too much for it is not known.
  test("is refused when its patterns would take too long to be searched for in a text of that length", () => {
    const policy = aCustomPolicy("[ab]{100}c");
    expect(published(policy, "a".repeat(10_000))).toBe("a".repeat(10_000));
    expect(published(policy, "a".repeat(100_000))).toBe("a".repeat(100_000));
    expect(published(policy, `${"a".repeat(20_000)}c`)).toBe("too much");
    expect(published(policy, "a".repeat(200_001))).toBe("too much");
    const branch = `${"a".repeat(5000)}c`;
    const structure = Object.fromEntries(["default", "sqs", "email", "http"].map((name) => [name, branch]));
    expect(published(policy, { structure })).toBe("too much");
  });

  test.for([
    ["*", USER, "denied"],
    [USER, USER, "denied"],
    [USER, OTHER, "joe@example.com"],
  ] as const)("under a policy for %s and published by %s comes to %s", ([principal, publisher, result]) => {
    expect(published(aPolicy({ Principal: [principal] }), "joe@example.com", publisher)).toBe(result);
  });

  test("passes statements about what leaves", () => {
    expect(published(aPolicy({ DataDirection: "Outbound" }), "joe@example.com")).toBe("joe@example.com");
  });

  test("is changed in every branch of its structure, and its attributes and subject are left alone", () => {
    const structure = { default: "joe@example.com", sqs: "no address" };
    const attributes = { sender: { dataType: "String", value: "joe@example.com" } };
    const content = { message: JSON.stringify(structure), structure, subject: "joe@example.com", attributes };
    expect(published(aPolicy({ Operation: redact }), content)).toMatchObject({
      structure: { default: "", sqs: "no address" },
      subject: "joe@example.com",
      attributes,
    });
  });

  test("is denied for any branch of its structure", () => {
    const structure = { default: "no address", sqs: "joe@example.com" };
    expect(published(aPolicy(), { message: JSON.stringify(structure), structure })).toBe("denied");
  });

  test("keeps its length when it is masked and everything else when it is redacted", () => {
    const all = ["EmailAddress", "IpAddress", "CreditCardNumber", "AwsSecretKey"].map(managed);
    const sensitive = fc.constantFrom("joe@example.com", "10.0.0.1", CARD);
    const words = fc.array(fc.oneof(sensitive, fc.constantFrom("hello", "wörld", "🎉", "1", "")));
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join(" ");
        const masked = published(aPolicy({ DataIdentifier: all, Operation: mask("#") }), text);
        const redacted = published(aPolicy({ DataIdentifier: all, Operation: redact }), text);
        const expected = parts.map((part) => (/^joe|^10\.|^45/.test(part) ? "#".repeat(part.length) : part)).join(" ");
        expect([masked, redacted]).toEqual([expected, expected.replaceAll("#", "")]);
      }),
    );
  });
});

describe("an audit", () => {
  test("records who published what, and lets it pass", () => {
    const { protection, clock } = aProtection();
    const policy = aPolicy({ DataIdentifier: [managed("EmailAddress"), managed("IpAddress")], Operation: audit() });
    const topic = aTopic({}, { dataProtectionPolicy: policy });
    const message = "joe@example.com, jane@example.com";
    expect(protection.inbound(topic, { message, origin: ORIGIN }, USER)).toMatchObject({ message });
    const detections = [
      { start: 0, end: 15 },
      { start: 17, end: 33 },
    ];
    expect(protection.audits).toEqual([
      {
        callerPrincipal: USER,
        resourceArn: TOPIC_ARN,
        dataIdentifiers: [{ name: "EmailAddress", count: 2, detections }],
        at: clock.now(),
      },
    ]);
  });

  test.for([
    ["joe@example.com", 0],
    ["nothing", 99],
  ] as const)("of %j at a rate of %i records nothing", ([message, rate]) => {
    const { protection } = aProtection();
    protection.inbound(
      aTopic({}, { dataProtectionPolicy: aPolicy({ Operation: audit(rate) }) }),
      { message, origin: ORIGIN },
      USER,
    );
    expect(protection.audits).toEqual([]);
  });

  test("sees the message as it was published, denied or not", () => {
    const { protection } = aProtection();
    const policy = aPolicy({ Operation: mask() }, { Operation: audit() }, {});
    const content = { message: "joe@example.com", origin: ORIGIN };
    expect(protection.inbound(aTopic({}, { dataProtectionPolicy: policy }), content, USER)).toBe("denied");
    expect(protection.audits).toHaveLength(1);
  });

  test("keeps the latest thousand records", () => {
    const { protection } = aProtection();
    const topic = aTopic({}, { dataProtectionPolicy: aPolicy({ Operation: audit() }) });
    for (let index = 0; index <= 1000; index++) {
      protection.inbound(topic, { message: "joe@example.com", origin: ORIGIN }, `${USER}${index}`);
    }
    expect(protection.audits).toHaveLength(1000);
    expect(protection.audits[0]?.callerPrincipal).toBe(`${USER}1`);
  });

  test.for([
    [undefined, 0],
    ["123456789012", 0],
    ["000000000000", 1],
  ] as const)("is forgotten when account %s is reset: %i left", ([account, left]) => {
    const { protection } = aProtection();
    const topic = aTopic({}, { dataProtectionPolicy: aPolicy({ Operation: audit() }) });
    protection.inbound(topic, { message: "joe@example.com", origin: ORIGIN }, USER);
    protection.reset(account);
    expect(protection.audits).toHaveLength(left);
  });
});

describe("a message on its way out", () => {
  const outbound = { DataDirection: "Outbound" };

  test("is the same delivery unless the policy changes it", () => {
    const { protection } = aProtection();
    const delivery = aDelivery({ notification: aNotification({ message: "joe@example.com" }) });
    const inbound = aTopic({}, { dataProtectionPolicy: aPolicy() });
    const toOther = aTopic({}, { dataProtectionPolicy: aPolicy({ ...outbound, Principal: [OTHER] }) });
    for (const topic of [aTopic(), inbound, toOther]) {
      const same = { ...delivery, topic };
      expect(protection.outbound(same)).toBe(same);
    }
  });

  test("is denied to the subscribers a statement names", () => {
    const { protection } = aProtection();
    const topic = aTopic({}, { dataProtectionPolicy: aPolicy({ ...outbound, Principal: [OTHER] }) });
    const notification = aNotification({ message: "joe@example.com" });
    const results = [USER, OTHER].map((principal) => {
      const subscription = aSubscription("sqs", "1", principal);
      return protection.outbound(aDelivery({ topic, notification, subscription })) === "denied";
    });
    expect(results).toEqual([false, true]);
  });

  test("is changed in the text its subscriber gets, and keeps its identity", () => {
    const { protection } = aProtection();
    const topic = aTopic({}, { dataProtectionPolicy: aPolicy({ ...outbound, Operation: mask("#") }) });
    const structure = { default: "joe@example.com", sqs: "to joe@example.com" };
    const notification = aNotification({ message: JSON.stringify(structure), structure, subject: "News" });
    const delivery = protection.outbound(aDelivery({ topic, notification }));
    if (typeof delivery === "string") throw new Error(delivery);
    expect(delivery.notification.messageFor("sqs")).toBe("to ###############");
    expect(delivery.notification).toMatchObject({
      id: notification.id,
      publishedAt: notification.publishedAt,
      content: { subject: "News" },
    });
    expect(notification.messageFor("sqs")).toBe("to joe@example.com");
  });

  test("is one notification for all who get the same text, so that it is signed once", () => {
    const { protection } = aProtection();
    const topic = aTopic({}, { dataProtectionPolicy: aPolicy({ ...outbound, Operation: mask("#") }) });
    const notification = aNotification({ message: "joe@example.com" });
    const notifications = ["1", "2"].map((id) => {
      const delivery = protection.outbound(aDelivery({ topic, notification, subscription: aSubscription("sqs", id) }));
      return typeof delivery === "string" ? undefined : delivery.notification;
    });
    expect(notifications[0]).toBe(notifications[1]);
  });
});
