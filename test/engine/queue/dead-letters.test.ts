import { describe, expect, test } from "vitest";
import type { QueueSettings } from "../../../src/engine/queue/settings.ts";
import { aDirectory, aMessage, MINUTE, poll, receive, receiveOne, SECOND, START, send } from "../../support/queue.ts";

/** A queue that gives up on messages, and the queue they go to then. */
function aSource({
  maxReceiveCount = 1,
  source = {},
  target = {},
}: {
  readonly maxReceiveCount?: number;
  readonly source?: Partial<QueueSettings>;
  readonly target?: Partial<QueueSettings>;
} = {}) {
  const fixture = aDirectory();
  const deadLetters = fixture.create("dead-letters", target);
  const redrive = { deadLetterTargetArn: deadLetters.arn, maxReceiveCount };
  const queue = fixture.create("source", { visibilityTimeoutMs: 30 * SECOND, redrive, ...source });
  return { ...fixture, queue, deadLetters, redrive };
}

const aFifoSource = () => aSource({ source: { isFifo: true }, target: { isFifo: true } });

describe("a message that was received maxReceiveCount times", () => {
  test.for([1, 2, 3])("moves to the dead-letter queue with the receive after that: %d", (maxReceiveCount) => {
    const { queue, deadLetters, clock } = aSource({ maxReceiveCount });
    send(queue, ["a"]);
    for (let count = 1; count <= maxReceiveCount; count++) {
      expect(receive(queue)).toEqual(["a"]);
      clock.advance(30 * SECOND);
    }
    expect(deadLetters.counts.visible).toBe(0);
    expect(receive(queue)).toEqual([]);
    expect(queue.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(deadLetters.counts).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  // Recorded from AWS.
  test("moves after receives with a visibility timeout of zero as well", () => {
    const { queue, deadLetters } = aSource({ maxReceiveCount: 1 });
    send(queue, ["a", "b"]);
    expect(receive(queue, { visibilityTimeoutMs: 0 })).toEqual(["a", "b"]);
    expect(receive(queue, { visibilityTimeoutMs: 0 })).toEqual([]);
    expect(receive(deadLetters)).toEqual(["a", "b"]);
  });

  test("does not move merely because its visibility timeout ends", () => {
    const { queue, deadLetters, clock } = aSource();
    send(queue, ["a"]);
    receiveOne(queue);
    clock.advance(MINUTE);
    expect(queue.counts.visible).toBe(1);
    expect(deadLetters.counts.visible).toBe(0);
  });

  test("makes room for others in the receive that moves it", () => {
    const { queue, clock } = aSource();
    send(queue, ["old"]);
    receiveOne(queue);
    clock.advance(30 * SECOND);
    send(queue, ["1", "2"]);
    expect(receive(queue, { max: 2 })).toEqual(["1", "2"]);
  });

  test("is gone for its receipt", () => {
    const { queue, clock } = aSource();
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    clock.advance(30 * SECOND);
    receive(queue);
    expect(queue.delete(receipt)).toBe("gone");
  });

  test("can still be deleted by its receipt while it waits to be moved", () => {
    const { queue, deadLetters, clock } = aSource();
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    clock.advance(30 * SECOND);
    expect(queue.delete(receipt)).toBe("deleted");
    receive(queue);
    expect(deadLetters.counts.visible).toBe(0);
  });

  test("goes to who waits at the dead-letter queue and not to who waits at the source", async () => {
    const { queue, deadLetters, clock } = aSource();
    send(queue, ["a"]);
    receiveOne(queue);
    const waiting = [poll(queue, { waitMs: MINUTE }), poll(deadLetters, { waitMs: MINUTE })];
    clock.advance(MINUTE);
    expect(await Promise.all(waiting)).toEqual([[], ["a"]]);
  });
});

describe("changing maxReceiveCount", () => {
  test("to less takes effect with the next receive", () => {
    const { queue, deadLetters, redrive, clock } = aSource({ maxReceiveCount: 10 });
    send(queue, ["a"]);
    receiveOne(queue);
    clock.advance(30 * SECOND);
    queue.configure({ ...queue.settings, redrive: { ...redrive, maxReceiveCount: 1 } }, {});
    expect(deadLetters.counts.visible).toBe(0);
    expect(receive(queue)).toEqual([]);
    expect(deadLetters.counts.visible).toBe(1);
  });

  test("to more lets the message be received again", () => {
    const { queue, redrive, clock } = aSource({ maxReceiveCount: 1 });
    send(queue, ["a"]);
    receiveOne(queue);
    clock.advance(30 * SECOND);
    queue.configure({ ...queue.settings, redrive: { ...redrive, maxReceiveCount: 2 } }, {});
    expect(receive(queue)).toEqual(["a"]);
  });

  test("by removing the redrive policy keeps the message in the source", () => {
    const { queue, clock } = aSource({ maxReceiveCount: 1 });
    send(queue, ["a"]);
    receiveOne(queue);
    clock.advance(30 * SECOND);
    queue.configure({ ...queue.settings, redrive: undefined }, {});
    expect(receive(queue)).toEqual(["a"]);
  });
});

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

describe("a dead-letter queue that is not there", () => {
  test("keeps the message in the source, where it is received again", () => {
    const { queue, queues, deadLetters, clock } = aSource();
    send(queue, ["a"]);
    receiveOne(queue);
    clock.advance(30 * SECOND);
    queues.delete(deadLetters);
    expect(receiveOne(queue).receiveCount).toBe(2);
  });

  test("takes the message once it is there again", () => {
    const { queue, queues, deadLetters, create, clock } = aSource();
    send(queue, ["a"]);
    receiveOne(queue);
    queues.delete(deadLetters);
    clock.advance(30 * SECOND);
    receiveOne(queue);
    clock.advance(30 * SECOND);
    const again = create("dead-letters");
    expect(receive(queue)).toEqual([]);
    expect(receive(again)).toEqual(["a"]);
  });

  test("is one that names the source itself", () => {
    const { queue, redrive } = aSource();
    queue.configure({ ...queue.settings, redrive: { ...redrive, deadLetterTargetArn: queue.arn } }, {});
    send(queue, ["a"]);
    receiveOne(queue, { visibilityTimeoutMs: 0 });
    expect(receiveOne(queue).message).toMatchObject({ body: "a", deadLetterSourceArn: undefined });
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

// AWS: maxReceiveCount is how often a message is delivered to the source queue before it is moved. API_SetQueueAttributes.
describe("dead-letter queues with dead-letter queues of their own", () => {
  /** Two queues that are each other's dead-letter queues. */
  function aCircle(maxReceiveCount: number) {
    const { create, clock } = aDirectory();
    const [one, other] = [create("one"), create("other")];
    one.configure({ ...one.settings, redrive: { deadLetterTargetArn: other.arn, maxReceiveCount } }, {});
    other.configure({ ...other.settings, redrive: { deadLetterTargetArn: one.arn, maxReceiveCount } }, {});
    return { one, other, clock };
  }

  test("count the receives of their own", () => {
    const { one, other } = aCircle(2);
    send(one, ["a"]);
    const counts = [one, one, one, other, other, other, one].map((queue) => {
      return queue.receive({ max: 1, visibilityTimeoutMs: 0 }).map(({ receiveCount }) => receiveCount);
    });
    expect(counts).toEqual([[1], [2], [], [3], [4], [], [5]]);
  });

  test("can stand in a circle, and a message goes round no faster than it is received", async () => {
    const { one, other } = aCircle(1);
    send(one, ["a"]);
    receiveOne(one, { visibilityTimeoutMs: 0 });
    const waiting = poll(other, { visibilityTimeoutMs: 0 });
    expect(receive(one)).toEqual([]);
    expect(await waiting).toEqual(["a"]);
    expect(other.counts.visible).toBe(1);
  });
});
