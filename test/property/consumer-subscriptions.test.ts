import { setMaxListeners } from "node:events";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aKinesis, type KinesisFixture, type ReadRecord, SECOND } from "../support/kinesis.ts";
import { thisTurn } from "../support/stream.ts";
import { type Child, command, firstShards, type Lease, Leases, Ledger, Producer } from "./consumer-steps.ts";

interface ShardEvent {
  readonly Records: readonly ReadRecord[];
  readonly ContinuationSequenceNumber?: string;
  readonly ChildShards?: readonly Child[];
}

/** Subscribes to each of its shards, and again when a subscription ends before its shard does. */
class Subscriber {
  readonly heard = new Ledger();
  readonly #kinesis: KinesisFixture;
  readonly #ConsumerARN: string;
  readonly #signal: AbortSignal;
  readonly #leases = new Leases();

  constructor(kinesis: KinesisFixture, signal: AbortSignal) {
    this.#kinesis = kinesis;
    this.#ConsumerARN = kinesis.register("stream");
    this.#signal = signal;
    for (const shardId of firstShards(kinesis)) this.#start(shardId);
  }

  #start(shardId: string): void {
    const lease = this.#leases.start(shardId);
    if (lease !== undefined) void this.#follow(lease);
  }

  async #follow(lease: Lease): Promise<void> {
    while (!this.#signal.aborted) {
      for await (const { SubscribeToShardEvent: event } of this.#subscribe(lease)) {
        this.heard.read(event.Records);
        expect(event.ContinuationSequenceNumber === undefined).toBe(event.ChildShards !== undefined);
        if (event.ChildShards !== undefined) return this.#goOn(lease, event.ChildShards);
        lease.lastNumber = event.ContinuationSequenceNumber;
      }
    }
  }

  #subscribe({ shardId: ShardId, lastNumber }: Lease): AsyncIterable<{ readonly SubscribeToShardEvent: ShardEvent }> {
    const StartingPosition =
      lastNumber === undefined
        ? { Type: "TRIM_HORIZON" }
        : { Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber: lastNumber };
    const input = { ConsumerARN: this.#ConsumerARN, ShardId, StartingPosition };
    return this.#kinesis.call("SubscribeToShard", input, { signal: this.#signal });
  }

  #goOn(lease: Lease, children: readonly Child[]): void {
    for (const child of this.#leases.end(lease, children)) this.#start(child);
  }
}

for (const reshardingMs of [0, 30 * SECOND]) {
  test(`a consumer on subscriptions hears every record once, in each key's order: resharding in ${reshardingMs} ms`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(command, fc.boolean()), { maxLength: 60 }), async (steps) => {
        const kinesis = aKinesis({ durations: { reshardingMs } });
        kinesis.create("stream", { ShardCount: 2 });
        const hangUp = new AbortController();
        setMaxListeners(0, hangUp.signal);
        const producer = new Producer(kinesis);
        const subscriber = new Subscriber(kinesis, hangUp.signal);
        for (const [step, isAwaited] of steps) {
          producer.run(step);
          if (isAwaited) await thisTurn();
        }
        for (let depth = 0; depth < 2 * steps.length; depth++) await thisTurn();
        hangUp.abort();
        await thisTurn();
        expect(subscriber.heard.byKey).toEqual(producer.said.byKey);
        expect(kinesis.clock.pending).toBe(0);
      }),
    );
  });
}
