import { describe, expect, test } from "vitest";
import { scopeOf } from "../../../src/kernel/scope.ts";
import {
  ACCOUNT,
  aDirectory,
  defaultSettings,
  MINUTE,
  poll,
  REGION,
  receive,
  SECOND,
  START,
  send,
} from "../../support/queue.ts";

const definition = { settings: defaultSettings, attributes: {}, tags: {} };

describe("a queue", () => {
  test("has the ARN of its scope and name, and knows when it was created", () => {
    const { create, clock } = aDirectory();
    clock.advance(SECOND);
    expect(create("orders")).toMatchObject({
      name: "orders",
      arn: "arn:aws:sqs:us-east-1:000000000000:orders",
      scope: scopeOf(ACCOUNT, REGION),
      createdAt: START + SECOND,
      modifiedAt: START + SECOND,
    });
  });

  test("has the attributes and tags it was created with", () => {
    const { queues } = aDirectory();
    const queue = queues.create("orders", { ...definition, attributes: { DelaySeconds: "0" }, tags: { a: "1" } });
    expect(queue.attributes).toEqual({ DelaySeconds: "0" });
    expect(queue.tags).toEqual({ a: "1" });
  });

  test("has the tags it was given last, and tagging does not count as a modification", () => {
    const { create, clock } = aDirectory();
    const queue = create("orders");
    clock.advance(SECOND);
    queue.retag({ a: "1", b: "2" });
    queue.retag({ b: "3" });
    expect(queue.tags).toEqual({ b: "3" });
    expect(queue.modifiedAt).toBe(START);
  });
});

describe("finding a queue", () => {
  test("by name is a matter of letter case, account and region", () => {
    const { directory, queues, create } = aDirectory();
    const queue = create("orders");
    expect(queues.find("orders")).toBe(queue);
    expect(queues.find("Orders")).toBeUndefined();
    expect(directory.in(scopeOf("111111111111", REGION)).find("orders")).toBeUndefined();
    expect(directory.in(scopeOf(ACCOUNT, "eu-west-1")).find("orders")).toBeUndefined();
  });

  test("by ARN finds queues of every scope", () => {
    const { directory } = aDirectory();
    for (const scope of [scopeOf("111111111111", "us-east-1"), scopeOf("222222222222", "cn-north-1")]) {
      const queue = directory.in(scope).create("orders", definition);
      expect(directory.byArn(queue.arn)).toBe(queue);
    }
  });

  test.for([
    "arn:aws:sqs:us-east-1:000000000000:other",
    "arn:aws:sqs:us-east-2:000000000000:orders",
    "arn:aws:sqs:us-east-1:111111111111:orders",
    "arn:aws-cn:sqs:us-east-1:000000000000:orders",
    "arn:aws:sns:us-east-1:000000000000:orders",
    "orders",
    "",
  ])("by another ARN finds nothing: %s", (arn) => {
    const { directory, create } = aDirectory();
    create("orders");
    expect(directory.byArn(arn)).toBeUndefined();
  });

  test("lists those of one account and region by name", () => {
    const { directory, queues, create } = aDirectory();
    for (const name of ["b", "a", "B", "c.fifo", "a-1"]) create(name);
    directory.in(scopeOf("111111111111", REGION)).create("z", definition);
    expect([...queues.list()].map(({ name }) => name)).toEqual(["B", "a", "a-1", "b", "c.fifo"]);
  });
});

describe("deleting a queue", () => {
  test("forgets it, and answers who waits with nothing", async () => {
    const { directory, queues, create } = aDirectory();
    const queue = create("orders");
    const waiting = poll(queue);
    queues.delete(queue);
    expect(queues.find("orders")).toBeUndefined();
    expect(directory.byArn(queue.arn)).toBeUndefined();
    expect(await waiting).toEqual([]);
  });

  test("leaves the name free for a new queue without the old one's messages, and with another id", () => {
    const { queues, create } = aDirectory();
    const queue = create("orders");
    send(queue, ["a"]);
    queues.delete(queue);
    const again = create("orders");
    expect(receive(again)).toEqual([]);
    expect(again.id).not.toBe(queue.id);
  });

  test.for([
    { afterMs: 59_999, wasDeletedRecently: true },
    { afterMs: 60_000, wasDeletedRecently: false },
  ])("blocks the name for the cool-down of AWS: after $afterMs ms", ({ afterMs, wasDeletedRecently }) => {
    const { queues, create, clock } = aDirectory({ recreateCooldownMs: MINUTE });
    queues.delete(create("orders"));
    clock.advance(afterMs);
    expect(queues.wasDeletedRecently("orders")).toBe(wasDeletedRecently);
    expect(queues.wasDeletedRecently("others")).toBe(false);
  });

  test("blocks no name unless a cool-down is set", () => {
    const { queues, create } = aDirectory();
    queues.delete(create("orders"));
    expect(queues.wasDeletedRecently("orders")).toBe(false);
  });
});

describe("time", () => {
  test("of one account is not that of another", () => {
    const { directory, clock } = aDirectory();
    const other = directory.in(scopeOf("111111111111", REGION)).create("orders", definition);
    clock.advance(MINUTE);
    send(other, ["a"]);
    expect(other.receive({ max: 1 })[0]?.message.sentAt).toBe(START);
  });

  test("of one account is the same in every region", () => {
    const { directory, clock } = aDirectory();
    clock.advance(MINUTE);
    expect(directory.in(scopeOf(ACCOUNT, "eu-west-1")).create("orders", definition).createdAt).toBe(START + MINUTE);
  });
});

describe("a reset", () => {
  test("of one account forgets its queues in every region and leaves the others alone", async () => {
    const { directory, create } = aDirectory();
    const own = create("orders");
    const abroad = directory.in(scopeOf(ACCOUNT, "eu-west-1")).create("orders", definition);
    const others = directory.in(scopeOf("111111111111", REGION)).create("orders", definition);
    const waiting = poll(own);
    directory.reset(ACCOUNT);
    expect([own, abroad, others].map(({ arn }) => directory.byArn(arn))).toEqual([undefined, undefined, others]);
    expect(await waiting).toEqual([]);
  });

  test("of everything forgets every queue", () => {
    const { directory, create } = aDirectory();
    const queues = [create("orders"), directory.in(scopeOf("111111111111", REGION)).create("orders", definition)];
    directory.reset();
    expect(queues.map(({ arn }) => directory.byArn(arn))).toEqual([undefined, undefined]);
  });
});

test("closing answers everyone who waits and leaves no alarm behind", async () => {
  const { directory, create, clock } = aDirectory();
  const waiting = ["a", "b"].map((name) => poll(create(name)));
  directory.close();
  expect(await Promise.all(waiting)).toEqual([[], []]);
  expect(clock.pending).toBe(0);
});
