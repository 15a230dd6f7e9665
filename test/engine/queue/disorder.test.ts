import { describe, expect, test } from "vitest";
import type { Disorder } from "../../../src/engine/queue/receive/disorder.ts";
import { aQueue } from "./disorderly-queue.ts";

const all = { max: 10 };

describe("a message that is received twice", () => {
  test("can be received again at once, and either receipt deletes it", () => {
    const { queue, texts } = aQueue({ repeats: (_queue, after) => after === "receive" }, "a");
    const [first] = queue.receive(all);
    const [second] = queue.receive(all);
    expect([first?.receiveCount, second?.receiveCount]).toEqual([1, 2]);
    expect(queue.delete(first!.receipt)).toBe("deleted");
    expect(texts(all)).toEqual([]);
    expect(queue.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  test("is not in the same answer twice", () => {
    const { texts } = aQueue({ repeats: () => true }, "a", "b");
    expect(texts(all)).toEqual(["a", "b"]);
    expect(texts(all)).toEqual(["a", "b"]);
  });

  test("stays received when one of its receivers is told nothing", () => {
    const { queue } = aQueue({ repeats: (_queue, after) => after === "receive" }, "a");
    const received = queue.receive(all);
    queue.returnUndelivered(received);
    expect(queue.receive(all)[0]?.receiveCount).toBe(2);
  });

  test("counts its receives, so that it becomes a dead letter as early as any", () => {
    const { texts, deadLetters } = aQueue({ repeats: () => true, redrive: 2 }, "a");
    expect([texts(all), texts(all), texts(all)]).toEqual([["a"], ["a"], []]);
    expect(deadLetters()).toEqual(["a"]);
  });
});

describe("a message whose deletion is missed", () => {
  test("can be received again at once", () => {
    let missed = 1;
    const { queue, texts } = aQueue({ repeats: (_queue, after) => after === "delete" && missed-- > 0 }, "a");
    const [received] = queue.receive(all);
    expect(queue.delete(received!.receipt)).toBe("deleted");
    const [again] = queue.receive(all);
    expect([again?.message.body, again?.receiveCount]).toEqual(["a", 2]);
    expect(queue.delete(again!.receipt)).toBe("deleted");
    expect(texts(all)).toEqual([]);
  });

  test("stays where it is when it is visible again already", () => {
    const { queue } = aQueue({ repeats: (_queue, after) => after === "delete" }, "a");
    const [received] = queue.receive({ max: 1, visibilityTimeoutMs: 0 });
    expect(queue.delete(received!.receipt)).toBe("deleted");
    expect(queue.counts).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });
});

describe("a message that is displaced", () => {
  test("goes behind so many others, once for each that is received", () => {
    const by = [2, 0, 0, 0, 0];
    const { texts } = aQueue({ displacement: () => by.shift() ?? 0 }, "a", "b", "c", "d", "e");
    expect(texts(all)).toEqual(["b", "c", "a", "d", "e"]);
  });

  test("lets those pass that come later, whatever their groups", () => {
    const by = [5, 0];
    const { queue, texts } = aQueue({ displacement: () => by.shift() ?? 0 }, "a", "b");
    expect(texts({ max: 1 })).toEqual(["b"]);
    queue.send({ body: "c", senderId: "s" });
    queue.send({ body: "d", senderId: "s", groupId: "g" });
    queue.send({ body: "e", senderId: "s" });
    expect(texts(all)).toEqual(["c", "d", "e", "a"]);
  });

  test("is received all the same when it is the only one", () => {
    const { texts } = aQueue({ displacement: () => 1000 }, "a");
    expect(texts(all)).toEqual(["a"]);
  });

  test("keeps a place of its own, however many are displaced as far", () => {
    const by = [3, 2, 1];
    const { texts } = aQueue({ displacement: () => by.shift() ?? 0 }, "a", "b", "c", "d", "e", "f");
    expect(texts({ max: 1 })).toEqual(["b"]);
    expect([texts({ max: 1 }), texts({ max: 1 })]).toEqual([["d"], ["e"]].map(() => [expect.any(String)]));
    expect(texts(all)).toHaveLength(3);
  });

  test("has its own place again once it was received", async () => {
    const by = [1];
    const { texts, advance } = aQueue({ displacement: () => by.shift() ?? 0 }, "a", "b", "c");
    expect(texts(all)).toEqual(["b", "a", "c"]);
    await advance(30_000);
    expect(texts(all)).toEqual(["a", "b", "c"]);
  });
});

describe("a short poll", () => {
  test("sees as many messages as it is let, of those there are", () => {
    const asked: number[] = [];
    const sampled = (_queue: unknown, visible: number) => {
      asked.push(visible);
      return visible - 1;
    };
    const { texts } = aQueue({ sampled }, "a", "b", "c");
    expect(texts({ max: 10 })).toEqual(["a", "b"]);
    expect(texts({ max: 10 })).toEqual([]);
    expect(asked).toEqual([3, 1]);
  });

  test("alone is kept from anything: others look everywhere", () => {
    const { texts } = aQueue({ sampled: () => 0 }, "a");
    expect(texts(all)).toEqual([]);
    expect(texts({ ...all, waitMs: 1 })).toEqual(["a"]);
  });
});

test("who waits gets what comes, although the queue's wait that let it wait is over", async () => {
  const { queue } = aQueue({ sampled: () => 0 });
  queue.configure({ ...queue.settings, receiveWaitMs: 1000 }, {});
  const waiting = queue.receiveWhenAvailable({ max: 1 }, { waitMs: 1000, signal: new AbortController().signal });
  queue.configure({ ...queue.settings, receiveWaitMs: 0 }, {});
  queue.send({ body: "a", senderId: "s" });
  expect(queue.counts).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  expect((await waiting).map(({ message }) => message.body)).toEqual(["a"]);
});

test("a FIFO queue knows no disorder", () => {
  const disorder: Disorder = {
    sampled: () => 0,
    displacement: () => 5,
    repeats: () => true,
  };
  const { queue, texts } = aQueue({ ...disorder, isFifo: true }, "a", "b");
  const [first] = queue.receive({ max: 1 });
  expect(first?.message.body).toBe("a");
  expect(queue.delete(first!.receipt)).toBe("deleted");
  expect(texts(all)).toEqual(["b"]);
});

test("those who wait get what is received twice", async () => {
  const { queue } = aQueue({ repeats: (_queue, after) => after === "receive" });
  const wait = { waitMs: 1000, signal: new AbortController().signal };
  const waiting = [queue.receiveWhenAvailable({ max: 1 }, wait), queue.receiveWhenAvailable({ max: 1 }, wait)];
  queue.send({ body: "a", senderId: "s" });
  const bodies = (await Promise.all(waiting)).map((received) => received.map(({ message }) => message.body));
  expect(bodies).toEqual([["a"], ["a"]]);
});
