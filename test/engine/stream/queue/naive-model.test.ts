import fc from "fast-check";
import { expect, test } from "vitest";
import type { QueueReceipt } from "../../../../src/engine/stream/queue/queue-receipt.ts";
import type { ReceivedQueueRecord } from "../../../../src/engine/stream/queue/queue-receiving.ts";
import { DAY, HOUR, put, SECOND } from "../../../support/stream.ts";
import { aQueue, receive, textOf } from "../../../support/stream-queue.ts";

const MAX_RECEIVES = 3;
const TIMEOUT = 30 * SECOND;

/** A record as somebody would keep it who has all the time in the world. */
interface NaiveRecord {
  readonly arrivedAt: number;
  isAcknowledged: boolean;
  attempt: number;
  receiveCount: number;
  visibleAt: number;
  isDead: boolean;
}

interface NaiveReceipt {
  readonly text: string;
  readonly attempt: number;
  readonly receipt: QueueReceipt;
}

const commands = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("put" as const), pick: fc.nat(9) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("receive" as const), pick: fc.nat(9) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom("receiveDead", "acknowledge", "restore", "hide", "rescale"),
      pick: fc.nat(9),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pass" as const), pick: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("passLong" as const), pick: fc.nat(9) }) },
);

/** A queue and its naive likeness, which are asked the same. */
class Pair {
  readonly #fixture = aQueue({ settings: { visibilityTimeoutMs: TIMEOUT, maxReceiveCount: MAX_RECEIVES } });
  readonly #records = new Map<string, NaiveRecord>();
  readonly #receipts: NaiveReceipt[] = [];

  take({ do: what, pick }: { readonly do: string; readonly pick: number }): void {
    const { stream, clock } = this.#fixture;
    switch (what) {
      case "put": {
        const text = String(this.#records.size);
        put(stream, [text], { partitionKey: `key ${(this.#records.size * 7 + pick) % 10}` });
        this.#records.set(text, naiveRecord(clock.now()));
        return;
      }
      case "receive":
      case "receiveDead":
        return this.receive(pick + 1, what === "receiveDead", pick === 0 ? 0 : TIMEOUT);
      case "rescale":
        return void stream.shards.rescale(2 + (pick % 7));
      case "pass":
        return clock.advance(pick * 5 * SECOND);
      case "passLong":
        return clock.advance(pick * HOUR);
      default:
        return this.#useReceipt(what, this.#receipts.at(-1 - pick), pick);
    }
  }

  receive(max: number, isDead: boolean, visibilityTimeoutMs: number): void {
    this.#settle();
    const { queue, clock } = this.#fixture;
    const available = this.#live().filter(([, record]) => record.isDead === isDead && record.visibleAt <= clock.now());
    const received = receive(queue, { max, isDead, visibilityTimeoutMs });
    expect(received.length).toBe(Math.min(max, available.length));
    expect(new Set(received.map(textOf)).size).toBe(received.length);
    const texts = new Set(available.map(([text]) => text));
    for (const one of received) {
      expect(texts).toContain(textOf(one));
      this.#note(one, visibilityTimeoutMs);
    }
  }

  /** Everything that is neither acknowledged nor expired is to be had. */
  drain(): void {
    this.#fixture.clock.advance(12 * HOUR);
    this.#settle();
    for (const isDead of [false, true]) {
      const expected = this.#live().filter(([, record]) => record.isDead === isDead);
      const received: string[] = [];
      for (let some = this.#receiveAll(isDead); some.length > 0; some = this.#receiveAll(isDead))
        received.push(...some);
      expect(received.sort()).toEqual(expected.map(([text]) => text).sort());
    }
  }

  #receiveAll(isDead: boolean): readonly string[] {
    return receive(this.#fixture.queue, { isDead }).map(textOf);
  }

  #useReceipt(what: string, receipt: NaiveReceipt | undefined, pick: number): void {
    if (receipt === undefined) return;
    this.#settle();
    const { queue, clock } = this.#fixture;
    const record = this.#records.get(receipt.text)!;
    const isGone = record.arrivedAt < clock.now() - DAY;
    const isNewest = record.attempt === receipt.attempt && record.isDead === receipt.receipt.isDead;
    const expected = (isFine: boolean, whenAcknowledged: string): string => {
      if (isGone) return "gone";
      if (record.isAcknowledged) return whenAcknowledged;
      return isNewest && isFine ? "done" : "unknown";
    };
    if (what === "acknowledge") {
      const outcome = queue.acknowledge(receipt.receipt);
      expect(outcome).toBe(expected(true, "done"));
      if (outcome === "done") record.isAcknowledged = true;
    } else if (what === "restore") {
      const outcome = queue.restore(receipt.receipt);
      expect(outcome).toBe(expected(record.isDead, "gone"));
      if (outcome === "done") Object.assign(record, { isDead: false, receiveCount: 0, visibleAt: clock.now() });
    } else {
      const outcome = queue.changeVisibility(receipt.receipt, pick * 10 * SECOND);
      expect(outcome).toBe(expected(record.visibleAt > clock.now(), "gone"));
      if (outcome === "done") record.visibleAt = clock.now() + pick * 10 * SECOND;
      this.#settle();
    }
  }

  #note(received: ReceivedQueueRecord, visibilityTimeoutMs: number): void {
    const text = textOf(received);
    const record = this.#records.get(text)!;
    record.attempt++;
    record.receiveCount++;
    record.visibleAt = this.#fixture.clock.now() + visibilityTimeoutMs;
    expect(received.receiveCount).toBe(record.receiveCount);
    this.#receipts.push({ text, attempt: record.attempt, receipt: received.receipt });
    this.#settle();
  }

  #settle(): void {
    for (const [, record] of this.#live()) {
      if (record.visibleAt <= this.#fixture.clock.now() && record.receiveCount >= MAX_RECEIVES) record.isDead = true;
    }
  }

  #live(): readonly [string, NaiveRecord][] {
    const horizon = this.#fixture.clock.now() - DAY;
    return [...this.#records].filter(([, record]) => !record.isAcknowledged && record.arrivedAt >= horizon);
  }
}

function naiveRecord(arrivedAt: number): NaiveRecord {
  return { arrivedAt, isAcknowledged: false, attempt: 0, receiveCount: 0, visibleAt: 0, isDead: false };
}

test("nothing is lost and nothing acknowledged comes back, over reshards, time-outs, deaths and restores", () => {
  fc.assert(
    fc.property(fc.array(commands, { minLength: 20, maxLength: 150, size: "max" }), (given) => {
      const pair = new Pair();
      for (const command of given) pair.take(command);
      pair.drain();
    }),
    { numRuns: 60 },
  );
});
