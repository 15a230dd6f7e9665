import { describe, expect, test } from "vitest";
import { DEAD_LETTERS_PER_TURN } from "../../../src/engine/queue/redrive/dead-lettering.ts";
import { aMessage, MINUTE, poll, receive, receiveOne, SECOND, START, send } from "../../support/queue.ts";
import { aFifoSource, aSource } from "./dead-letter-fixture.ts";

describe("a dead letter", () => {
  test("keeps its id, body, attributes, group, sender and receive history, and says where it comes from", () => {
    const { queue, deadLetters, clock } = aSource();
    const attributes = { A: { dataType: "Binary", value: new Uint8Array([1, 2]) } };
    const { id } = queue.send(aMessage("a", { attributes, groupId: "g", traceHeader: "Root=1-2-3" }));
    clock.advance(SECOND);
    receiveOne(queue);
    clock.advance(30 * SECOND);
    receive(queue);
    clock.advance(SECOND);
    expect(receiveOne(deadLetters)).toMatchObject({
      receiveCount: 2,
      firstReceivedAt: START + SECOND,
      message: {
        id,
        body: "a",
        attributes,
        groupId: "g",
        senderId: "AIDAEXAMPLE",
        traceHeader: "Root=1-2-3",
        deadLetterSourceArn: queue.arn,
      },
    });
  });

  test.for([
    { kind: "standard", isFifo: false, sentAt: START },
    { kind: "FIFO", isFifo: true, sentAt: START + 30 * SECOND },
  ])("shows on a $kind queue when it was sent or moved", ({ isFifo, sentAt }) => {
    const { queue, deadLetters, clock } = aSource({ source: { isFifo }, target: { isFifo } });
    send(queue, ["a"], { groupId: "g" });
    receiveOne(queue);
    clock.advance(30 * SECOND);
    receive(queue);
    clock.advance(SECOND);
    expect(receiveOne(deadLetters).message.sentAt).toBe(sentAt);
  });

  test.for([
    { kind: "standard", isFifo: false, goneAfterMs: MINUTE, from: "from the send" },
    { kind: "FIFO", isFifo: true, goneAfterMs: MINUTE + 30 * SECOND, from: "from the move" },
  ])("is retained by a $kind queue for that queue's period $from", ({ isFifo, goneAfterMs }) => {
    const { queue, deadLetters, clock } = aSource({ source: { isFifo }, target: { isFifo, retentionMs: MINUTE } });
    send(queue, ["a"], { groupId: "g" });
    receiveOne(queue);
    clock.advance(30 * SECOND);
    receive(queue);
    clock.advance(goneAfterMs - 30 * SECOND - 1);
    expect(deadLetters.counts.visible).toBe(1);
    clock.advance(1);
    expect(deadLetters.counts.visible).toBe(0);
  });

  test("that is too old for a standard dead-letter queue is gone at once, and nobody who waits gets it", async () => {
    const { queue, deadLetters, clock } = aSource({ target: { retentionMs: MINUTE } });
    send(queue, ["a"]);
    receiveOne(queue);
    clock.advance(MINUTE);
    const waiting = poll(deadLetters, { waitMs: SECOND });
    receive(queue);
    expect(deadLetters.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    clock.advance(SECOND);
    expect(await waiting).toEqual([]);
  });

  test("expires among the dead-letter queue's own messages by its own age", () => {
    const { queue, deadLetters, clock } = aSource({ target: { retentionMs: MINUTE } });
    send(queue, ["dead letter"]);
    receiveOne(queue);
    clock.advance(30 * SECOND);
    send(deadLetters, ["sent directly"]);
    receive(queue);
    clock.advance(30 * SECOND);
    expect(receive(deadLetters)).toEqual(["sent directly"]);
  });

  test("is not held back by the dead-letter queue's delay", () => {
    const { queue, deadLetters, clock } = aSource({ target: { delayMs: MINUTE } });
    send(queue, ["a"]);
    receiveOne(queue);
    clock.advance(30 * SECOND);
    receive(queue);
    expect(receive(deadLetters)).toEqual(["a"]);
  });
});

describe("a dead letter of a FIFO queue", () => {
  test("unlocks its group for the next message", () => {
    const { queue, clock } = aFifoSource();
    send(queue, ["1", "2"], { groupId: "g" });
    receiveOne(queue);
    clock.advance(30 * SECOND);
    expect(receive(queue)).toEqual(["2"]);
  });

  test("keeps its group, and has its id for deduplication id and a sequence number of its own", () => {
    const { queue, deadLetters, clock } = aFifoSource();
    const { id } = queue.send(aMessage("a", { groupId: "g", deduplicationId: "given" }));
    deadLetters.send(aMessage("sent directly", { groupId: "h" }));
    receiveOne(queue);
    clock.advance(30 * SECOND);
    receive(queue);
    const [direct, moved] = deadLetters.receive({ max: 2 }).map(({ message }) => message);
    expect(moved).toMatchObject({ id, groupId: "g", deduplicationId: id });
    expect(moved!.sequenceNumber! > direct!.sequenceNumber!).toBe(true);
  });

  // Ours: as the age of its oldest message, the order of a queue depends on the receives of its own.
  test.for([
    { receives: 2, next: ["a", "b"] },
    { receives: 3, next: ["b", "a"] },
  ])("goes to the back after three receives from the dead-letter queue: $receives", ({ receives, next }) => {
    const { queue, deadLetters, clock } = aSource({ maxReceiveCount: 3 });
    send(queue, ["a"]);
    for (let count = 0; count < 4; count++) {
      receive(queue);
      clock.advance(30 * SECOND);
    }
    for (let count = 0; count < receives; count++) {
      expect(receive(deadLetters)).toEqual(["a"]);
      if (count === receives - 1) send(deadLetters, ["b"]);
      clock.advance(30 * SECOND);
    }
    expect(receive(deadLetters)).toEqual(next);
  });

  test("is never dropped as a duplicate", () => {
    const { queue, deadLetters, clock } = aFifoSource();
    deadLetters.send(aMessage("sent directly", { groupId: "g", deduplicationId: "same" }));
    queue.send(aMessage("a", { groupId: "g", deduplicationId: "same" }));
    receiveOne(queue);
    clock.advance(30 * SECOND);
    receive(queue);
    expect(receive(deadLetters)).toEqual(["sent directly", "a"]);
  });

  test("is no duplicate in the source for those sent later, after five minutes as ever", () => {
    const { queue, deadLetters, clock } = aFifoSource();
    queue.send(aMessage("a", { groupId: "g", deduplicationId: "id" }));
    receiveOne(queue);
    clock.advance(30 * SECOND);
    receive(queue);
    queue.send(aMessage("b", { groupId: "g", deduplicationId: "id" }));
    expect(queue.counts.visible).toBe(0);
    clock.advance(5 * MINUTE - 30 * SECOND);
    queue.send(aMessage("c", { groupId: "g", deduplicationId: "id" }));
    expect(receive(queue)).toEqual(["c"]);
    expect(receive(deadLetters)).toEqual(["a"]);
  });
});

describe("a receive that has to dead-letter very many", () => {
  /** A source with so many messages that were received as often as they may be. */
  const anExhaustedSource = (count: number) => {
    const fixture = aSource();
    send(
      fixture.queue,
      Array.from({ length: count }, (_, number) => String(number)),
    );
    for (let left = count; left > 0; left -= receive(fixture.queue).length);
    fixture.clock.advance(30 * SECOND);
    return fixture;
  };

  test("moves as many as one turn takes, answers with nothing, and has later turns move the rest", () => {
    const { queue, deadLetters, clock } = anExhaustedSource(2500);
    expect(receive(queue)).toEqual([]);
    expect([queue.counts.visible, deadLetters.counts.visible]).toEqual([
      2500 - DEAD_LETTERS_PER_TURN,
      DEAD_LETTERS_PER_TURN,
    ]);
    clock.advance(0);
    expect([queue.counts.visible, deadLetters.counts.visible]).toEqual([0, 2500]);
    expect(receive(deadLetters, { max: 3 })).toEqual(["0", "1", "2"]);
  });

  test("stops at a message that may be received, which the next receive gets", () => {
    const { queue, deadLetters, clock } = anExhaustedSource(1500);
    send(queue, ["fresh"]);
    expect(receive(queue)).toEqual([]);
    clock.advance(0);
    expect([queue.counts.visible, deadLetters.counts.visible]).toEqual([1, 1500]);
    expect(receiveOne(queue).message.body).toBe("fresh");
  });

  test("gives a long poll the message behind them, and moves three turns' worth for each at most", async () => {
    const { queue, deadLetters, clock } = anExhaustedSource(10_000);
    send(queue, ["fresh"]);
    const polls = Array.from({ length: 3 }, () => poll(queue, { waitMs: 20 * SECOND }));
    expect(deadLetters.counts.visible).toBeLessThanOrEqual(3 * 3 * DEAD_LETTERS_PER_TURN);
    clock.advance(0);
    expect(await polls[0]).toEqual(["fresh"]);
    expect(deadLetters.counts.visible).toBe(10_000);
    clock.advance(20 * SECOND);
    expect(await Promise.all(polls.slice(1))).toEqual([[], []]);
  });

  test("leaves the rest where it is when the queue is deleted", () => {
    const { queue, queues, deadLetters, clock } = anExhaustedSource(1500);
    receive(queue);
    queues.delete(queue);
    clock.advance(0);
    expect(deadLetters.counts.visible).toBe(DEAD_LETTERS_PER_TURN);
  });
});
