import { describe, expect, test } from "vitest";
import type { Queue } from "../../../src/engine/queue/queue.ts";
import { aMessage, aQueue, HOUR, MINUTE, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

/** Sends and receives messages of a tenant, and leaves them in flight. */
function occupy(queue: Queue, count: number, groupId?: string): void {
  for (let done = 0; done < count; done++) {
    send(queue, ["busy"], { groupId });
    receiveOne(queue);
  }
}

/** A queue on which messages stay in flight for the whole test. */
const aLongQueue = () => aQueue({ visibilityTimeoutMs: 12 * HOUR });

describe("a tenant with many messages in flight", () => {
  test.for([
    { inFlight: 29, order: ["noisy", "quiet"] },
    { inFlight: 30, order: ["quiet", "noisy"] },
  ])(
    "is noisy from thirty on, and its messages come after those of quiet tenants: $inFlight",
    ({ inFlight, order }) => {
      const { queue } = aLongQueue();
      occupy(queue, inFlight, "a");
      send(queue, ["noisy"], { groupId: "a" });
      send(queue, ["quiet"], { groupId: "b" });
      expect(receive(queue)).toEqual(order);
    },
  );

  test.for([
    { others: 269, order: ["quiet", "noisy"] },
    { others: 270, order: ["noisy", "quiet"] },
  ])("is noisy with more than a tenth of all: 30 beside $others", ({ others, order }) => {
    const { queue } = aLongQueue();
    occupy(queue, 30, "a");
    occupy(queue, others);
    send(queue, ["noisy"], { groupId: "a" });
    send(queue, ["quiet"], { groupId: "b" });
    expect(receive(queue)).toEqual(order);
  });

  test("lets messages without a group pass as well", () => {
    const { queue } = aLongQueue();
    occupy(queue, 30, "a");
    send(queue, ["noisy"], { groupId: "a" });
    send(queue, ["without a group"]);
    expect(receive(queue)).toEqual(["without a group", "noisy"]);
  });

  test("still gets everything when nobody else has messages", () => {
    const { queue } = aLongQueue();
    occupy(queue, 50, "a");
    send(queue, ["1", "2", "3"], { groupId: "a" });
    expect(receive(queue)).toEqual(["1", "2", "3"]);
  });
});

test("messages without a group are tenants of their own and never noisy", () => {
  const { queue } = aLongQueue();
  occupy(queue, 100);
  send(queue, ["first"]);
  send(queue, ["second"], { groupId: "b" });
  expect(receive(queue)).toEqual(["first", "second"]);
});

test("among noisy tenants the one with the fewest messages in flight goes first", () => {
  const { queue } = aLongQueue();
  occupy(queue, 32, "many");
  occupy(queue, 30, "few");
  send(queue, ["many 1", "many 2"], { groupId: "many" });
  send(queue, ["few 1", "few 2", "few 3", "few 4"], { groupId: "few" });
  // With as many in flight on both sides the older message comes first.
  expect(receive(queue)).toEqual(["few 1", "few 2", "many 1", "few 3", "many 2", "few 4"]);
});

describe("a tenant with much recent processing time", () => {
  /** Lets a message of the tenant be processed for some time, with another one waiting behind it. */
  function work(queue: Queue, pass: (ms: number) => void, durationMs: number): void {
    const { receipt } = receiveOne(queue);
    pass(durationMs);
    queue.delete(receipt);
  }

  test.for([
    { processed: 29, order: ["noisy", "quiet"] },
    { processed: 30, order: ["quiet", "noisy"] },
  ])("is noisy once thirty of its messages were processed: $processed", ({ processed, order }) => {
    const { queue, clock } = aLongQueue();
    send(queue, [...Array<string>(processed).fill("busy"), "noisy"], { groupId: "a" });
    for (let done = 0; done < processed; done++) work(queue, (ms) => clock.advance(ms), SECOND);
    send(queue, ["quiet"], { groupId: "b" });
    expect(receive(queue)).toEqual(order);
  });

  test("is noisy still when the rest of its messages are delayed", () => {
    const { queue, clock } = aLongQueue();
    queue.send(aMessage("noisy", { groupId: "a", delayMs: MINUTE }));
    send(queue, Array<string>(30).fill("busy"), { groupId: "a" });
    for (let done = 0; done < 30; done++) work(queue, (ms) => clock.advance(ms), SECOND);
    clock.advance(MINUTE);
    send(queue, ["quiet"], { groupId: "b" });
    expect(receive(queue)).toEqual(["quiet", "noisy"]);
  });

  test.for([
    { othersMs: 269_999, order: ["quiet", "noisy"] },
    { othersMs: 270_000, order: ["noisy", "quiet"] },
  ])("is noisy with more than a tenth of all: 30 s beside $othersMs ms", ({ othersMs, order }) => {
    const { queue, clock } = aLongQueue();
    send(queue, ["busy"]);
    work(queue, (ms) => clock.advance(ms), othersMs);
    send(queue, [...Array<string>(30).fill("busy"), "noisy"], { groupId: "a" });
    for (let done = 0; done < 30; done++) work(queue, (ms) => clock.advance(ms), SECOND);
    send(queue, ["quiet"], { groupId: "b" });
    expect(receive(queue)).toEqual(order);
  });

  test.for([
    { othersMs: 269_999, next: ["quiet"] },
    { othersMs: 270_000, next: ["busy"] },
  ])(
    "is charged until its visibility timeouts end, whenever anyone looks: 30 s beside $othersMs ms",
    ({ othersMs, next }) => {
      const { queue, clock } = aLongQueue();
      send(queue, ["other"]);
      work(queue, (ms) => clock.advance(ms), othersMs);
      send(queue, Array<string>(30).fill("busy"), { groupId: "a" });
      for (let done = 0; done < 3; done++) receive(queue, { visibilityTimeoutMs: SECOND });
      clock.advance(MINUTE);
      send(queue, ["quiet"], { groupId: "b" });
      expect(receive(queue, { max: 1 })).toEqual(next);
    },
  );
});

describe("a noisy tenant is quiet again", () => {
  /** A queue with a noisy tenant `a`, of which one message waits, and the receipts of its messages in flight. */
  function aNoisyTenant() {
    const fixture = aLongQueue();
    const { queue } = fixture;
    const receipts = Array.from({ length: 30 }, () => {
      send(queue, ["busy"], { groupId: "a" });
      return receiveOne(queue).receipt;
    });
    send(queue, ["noisy 1"], { groupId: "a" });
    send(queue, ["other"], { groupId: "b" });
    expect(receive(queue, { max: 1 })).toEqual(["other"]);
    const finish = (): void => {
      for (const receipt of receipts) queue.delete(receipt);
    };
    return { ...fixture, finish };
  }

  test("once its backlog is used up", () => {
    const { queue, finish } = aNoisyTenant();
    finish();
    receiveOne(queue);
    send(queue, ["a"], { groupId: "a" });
    send(queue, ["b"], { groupId: "b" });
    expect(receive(queue)).toEqual(["a", "b"]);
  });

  test("once its backlog is used up, with nothing left to happen five minutes later", () => {
    const { queue, clock, finish } = aNoisyTenant();
    finish();
    queue.delete(receiveOne(queue).receipt);
    send(queue, ["a"], { groupId: "a" });
    clock.advance(5 * MINUTE);
    expect(receive(queue)).toEqual(["a"]);
  });

  test("but not while some of its backlog is left", () => {
    const { queue, finish } = aNoisyTenant();
    finish();
    send(queue, ["noisy 2"], { groupId: "a" });
    send(queue, ["b"], { groupId: "b" });
    expect(receive(queue)).toEqual(["b", "noisy 1", "noisy 2"]);
  });

  test.for([
    { afterMs: 5 * MINUTE - 1, order: ["b", "noisy 1"] },
    { afterMs: 5 * MINUTE, order: ["noisy 1", "b"] },
  ])("once it has sent nothing for five minutes: after $afterMs of 300000 ms", ({ afterMs, order }) => {
    const { queue, clock } = aNoisyTenant();
    clock.advance(afterMs);
    send(queue, ["b"], { groupId: "b" });
    expect(receive(queue)).toEqual(order);
  });

  test("five minutes after the last message it sent", () => {
    const { queue, clock } = aNoisyTenant();
    clock.advance(4 * MINUTE);
    send(queue, ["noisy 2"], { groupId: "a" });
    clock.advance(5 * MINUTE - 1);
    send(queue, ["b"], { groupId: "b" });
    expect(receive(queue, { max: 1 })).toEqual(["b"]);
    clock.advance(1);
    send(queue, ["c"], { groupId: "c" });
    expect(receive(queue)).toEqual(["noisy 1", "noisy 2", "c"]);
  });
});

test("fairness drops nothing and repeats nothing", () => {
  const { queue } = aLongQueue();
  const bodies = Array.from({ length: 400 }, (_, index) => String(index));
  for (const body of bodies) send(queue, [body], { groupId: Number(body) % 10 === 0 ? "quiet" : "noisy" });
  const received = Array.from({ length: 41 }, () => receive(queue)).flat();
  expect(received.toSorted((a, b) => Number(a) - Number(b))).toEqual(bodies);
  expect(received).not.toEqual(bodies);
});
