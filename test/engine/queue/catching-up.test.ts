import { describe, expect, test } from "vitest";
import { SETTLED_PER_TURN } from "../../../src/kernel/time/catching-up.ts";
import {
  aFifoQueue,
  aMessage,
  aQueue,
  bodiesOf,
  HOUR,
  MINUTE,
  type QueueFixture,
  receive,
  send,
} from "../../support/queue.ts";

const MANY = 3 * SETTLED_PER_TURN + 1;
const DAY = 24 * HOUR;

/** Sends that many messages. */
function fill({ queue }: QueueFixture, count = MANY, rest: Parameters<typeof aMessage>[1] = {}): void {
  for (let number = 0; number < count; number++) queue.send(aMessage(String(number), rest));
}

const total = ({ queue }: QueueFixture): number => {
  const { visible, inFlight, delayed } = queue.counts;
  return visible + inFlight + delayed;
};

describe("a queue of which more is due than one turn takes", () => {
  test.for([
    ["a standard queue", () => aQueue()],
    ["a FIFO queue", () => aFifoQueue({ contentBasedDeduplication: true })],
  ] as const)("lets go of so much at a touch, and of the rest in later turns: %s", async ([, make]) => {
    const fixture = make();
    fill(fixture, MANY, { groupId: "group" });
    fixture.clock.advance(4 * DAY);
    expect(total(fixture)).toBe(MANY - SETTLED_PER_TURN);
    const { lag } = fixture.queue;
    expect(total(fixture)).toBe(MANY - 3 * SETTLED_PER_TURN);
    fixture.clock.advance(0); // a later turn
    await lag;
    expect(fixture.queue.lag).toBeUndefined();
    expect(total(fixture)).toBe(0);
  });

  test("goes on turn by turn, without anybody touching it", async () => {
    const fixture = aQueue();
    fill(fixture);
    await fixture.clock.advanceInTurns("4d");
    fixture.queue.accept(aMessage("new")); // a delivery, which does not wait
    await fixture.clock.advanceInTurns(0);
    expect(total(fixture)).toBe(1);
    expect(receive(fixture.queue)).toEqual(["new"]);
  });

  test("shows delayed messages so many at a time, in their order", async () => {
    const fixture = aQueue({ delayMs: MINUTE });
    fill(fixture);
    fixture.clock.advance(MINUTE);
    expect(fixture.queue.counts).toMatchObject({ visible: SETTLED_PER_TURN, delayed: MANY - SETTLED_PER_TURN });
    fixture.clock.advance(0);
    expect(fixture.queue.counts).toMatchObject({ visible: MANY, delayed: 0 });
    expect(receive(fixture.queue)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  });

  test("serves those who wait once nothing more is due, with nothing that has expired", async () => {
    const fixture = aQueue({ visibilityTimeoutMs: 0 });
    const { queue, clock } = fixture;
    const waiting = queue.receiveWhenAvailable(
      { max: 10, visibilityTimeoutMs: MINUTE },
      { waitMs: 30 * DAY, signal: new AbortController().signal },
    );
    clock.advance(1);
    fill(fixture, MANY, { delayMs: 5 * DAY });
    queue.configure({ ...queue.settings, retentionMs: 14 * DAY }, {});
    clock.advance(DAY);
    queue.send(aMessage("late", { delayMs: 4 * DAY + MINUTE }));
    queue.configure({ ...queue.settings, retentionMs: 4 * DAY + 2 * MINUTE }, {});
    clock.advance(4 * DAY + MINUTE);
    expect(bodiesOf(await waiting)).toEqual(["late"]);
  });

  test("is left behind by a shorter retention, too", () => {
    const fixture = aQueue();
    fill(fixture);
    fixture.clock.advance(2 * MINUTE);
    fixture.configure({ retentionMs: MINUTE });
    expect(fixture.queue.lag).toBeDefined();
    fixture.clock.advance(0);
    expect([fixture.queue.lag, total(fixture)]).toEqual([undefined, 0]);
  });

  test("is waited for no longer when it goes", async () => {
    const fixture = aQueue();
    fill(fixture);
    fixture.clock.advance(4 * DAY);
    const { lag } = fixture.queue;
    fixture.queues.delete(fixture.queue);
    await expect(lag).resolves.toBeUndefined();
    expect(fixture.clock.pending).toBe(0);
  });

  test("a move task moves nothing that has expired", () => {
    const fixture = aQueue();
    fill(fixture);
    send(fixture.queue, ["last"]);
    fixture.clock.advance(4 * DAY);
    const moved = fixture.queue.moveNext({ targetOf: () => undefined, moved: () => {} });
    expect(moved).toBe("later");
  });
});

test("attempts are forgotten without looking at all of them", () => {
  const { queue, clock } = aFifoQueue({ contentBasedDeduplication: true });
  for (let number = 0; number < 20; number++) {
    queue.send(aMessage(String(number), { groupId: String(number) }));
  }
  const attempts = Array.from({ length: 20 }, (_, number) => queue.receive({ max: 1, attemptId: String(number) }));
  queue.returnUndelivered(attempts[7]!);
  expect(receive(queue, { attemptId: "7" })).toEqual(["7"]);
  expect(receive(queue, { attemptId: "8" })).toEqual(["8"]);
  clock.advance(5 * MINUTE);
  expect(queue.counts.visible).toBe(20);
});
