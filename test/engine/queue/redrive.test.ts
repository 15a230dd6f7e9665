import { describe, expect, test } from "vitest";
import { aDirectory, MINUTE, poll, receive, receiveOne, SECOND, send } from "../../support/queue.ts";
import { aSource } from "./dead-letter-fixture.ts";

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
