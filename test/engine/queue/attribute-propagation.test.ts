import { describe, expect, test } from "vitest";
import { aFifoQueue, aQueue, HOUR, MINUTE, poll, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

/** As on AWS, where SetQueueAttributes takes up to 60 seconds to have an effect. */
const slow = { attributePropagationMs: MINUTE };

test("attributes take effect at once unless told otherwise", () => {
  const { queue, configure } = aQueue({ visibilityTimeoutMs: 30 * SECOND });
  configure({ visibilityTimeoutMs: 5 * SECOND });
  expect(queue.settings.visibilityTimeoutMs).toBe(5 * SECOND);
});

test("attributes are shown as they were set, with the time they were set", () => {
  const { queue, clock } = aQueue({}, slow);
  clock.advance(SECOND);
  queue.configure(queue.settings, { VisibilityTimeout: "5" });
  expect(queue.attributes).toEqual({ VisibilityTimeout: "5" });
  expect(queue.modifiedAt).toBe(clock.now());
});

describe("with the propagation time of AWS", () => {
  test.for([
    { afterMs: 59_999, delayed: 0 },
    { afterMs: 60_000, delayed: 1 },
  ])("a changed attribute has an effect after 60 seconds: $afterMs ms", ({ afterMs, delayed }) => {
    const { queue, clock, configure } = aQueue({}, slow);
    configure({ delayMs: 10 * SECOND });
    clock.advance(afterMs);
    send(queue, ["a"]);
    expect(queue.counts.delayed).toBe(delayed);
  });

  // Recorded from AWS.
  test.for([1024, 1_048_576])("a MaximumMessageSize of %i holds at once, and goes on to hold", (maxMessageBytes) => {
    const { queue, clock, configure } = aQueue({ maxMessageBytes: 2048 }, slow);
    configure({ delayMs: SECOND });
    clock.advance(SECOND);
    configure({ maxMessageBytes });
    expect(queue.settings).toMatchObject({ maxMessageBytes, delayMs: 0 });
    clock.advance(59 * SECOND);
    expect(queue.settings).toMatchObject({ maxMessageBytes, delayMs: SECOND });
  });

  test("each change takes effect in its turn", () => {
    const { queue, clock } = aQueue({ delayMs: 0 }, slow);
    const delays: number[] = [];
    for (const delayMs of [1000, 2000, 3000]) {
      queue.configure({ ...queue.settings, delayMs }, {});
      clock.advance(30 * SECOND);
      delays.push(queue.settings.delayMs);
    }
    clock.advance(30 * SECOND);
    delays.push(queue.settings.delayMs);
    expect(delays).toEqual([0, 1000, 2000, 3000]);
  });

  test("what falls due before the change does so under the old settings, however late anyone looks", () => {
    const { queue, clock, configure } = aFifoQueue({ delayMs: 10 * SECOND }, slow);
    configure({ delayMs: 900 * SECOND });
    clock.advance(49 * SECOND);
    send(queue, ["due before"], { groupId: "a" });
    clock.advance(SECOND + 1);
    send(queue, ["due after"], { groupId: "b" });
    clock.advance(HOUR / 12);
    expect(receive(queue)).toEqual(["due before"]);
  });

  test("a longer retention period does not bring back what expired before it came into force", () => {
    const { queue, clock, configure } = aQueue({ retentionMs: MINUTE }, slow);
    send(queue, ["expires before"]);
    clock.advance(1);
    configure({ retentionMs: HOUR });
    clock.advance(1);
    send(queue, ["expires after"]);
    clock.advance(5 * MINUTE);
    expect(receive(queue)).toEqual(["expires after"]);
  });

  test("who waits is woken when the change makes a message visible", async () => {
    const { queue, clock, configure } = aFifoQueue({ delayMs: 900 * SECOND }, slow);
    send(queue, ["a"], { groupId: "g" });
    configure({ delayMs: 0 });
    const waiting = poll(queue, { waitMs: 2 * MINUTE });
    clock.advance(MINUTE);
    expect(await waiting).toEqual(["a"]);
  });

  test("a message in flight keeps its visibility timeout", () => {
    const { queue, clock, configure } = aQueue({ visibilityTimeoutMs: 2 * MINUTE }, slow);
    send(queue, ["a"]);
    configure({ visibilityTimeoutMs: SECOND });
    receiveOne(queue);
    clock.advance(2 * MINUTE - 1);
    expect(receive(queue)).toEqual([]);
    clock.advance(1);
    expect(receive(queue)).toEqual(["a"]);
  });
});
