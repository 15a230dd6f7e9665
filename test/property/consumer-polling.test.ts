import fc from "fast-check";
import { expect, test } from "vitest";
import { aKinesis, type KinesisFixture, type ReadOutput, SECOND } from "../support/kinesis.ts";
import { command, firstShards, type Lease, Leases, Ledger, Producer } from "./consumer-steps.ts";

/** Polls each of its shards in turn; takes a new iterator when the old one is too old. */
class Poller {
  readonly heard = new Ledger();
  readonly #kinesis: KinesisFixture;
  readonly #leases = new Leases();

  constructor(kinesis: KinesisFixture) {
    this.#kinesis = kinesis;
    for (const shardId of firstShards(kinesis)) this.#leases.start(shardId);
  }

  poll(limit: number): void {
    for (const lease of this.#leases.active) this.#read(lease, limit);
  }

  /** Reads on until nothing is left, or the test has gone wrong. */
  catchUp(): void {
    for (let isBehind = true, round = 0; isBehind && round < 1_000; round++) {
      isBehind = this.#leases.active.map((lease) => this.#read(lease, 10)).includes(true);
    }
  }

  /** Says whether there is more to read. */
  #read(lease: Lease, Limit: number): boolean {
    const { Records, NextShardIterator, ChildShards, MillisBehindLatest } = this.#page(lease, Limit);
    this.heard.read(Records);
    lease.lastNumber = Records.at(-1)?.SequenceNumber ?? lease.lastNumber;
    lease.iterator = NextShardIterator;
    expect(NextShardIterator === undefined).toBe(ChildShards !== undefined);
    if (ChildShards === undefined) return MillisBehindLatest > 0;
    for (const child of this.#leases.end(lease, ChildShards)) this.#leases.start(child);
    return true;
  }

  #page(lease: Lease, Limit: number): ReadOutput {
    lease.iterator ??= this.#iterator(lease);
    try {
      return this.#kinesis.read(lease.iterator, { Limit });
    } catch (cause) {
      expect((cause as Error).name).toBe("ExpiredIteratorException");
      return this.#kinesis.read(this.#iterator(lease), { Limit });
    }
  }

  #iterator({ shardId: ShardId, lastNumber }: Lease): string {
    const from =
      lastNumber === undefined
        ? { ShardIteratorType: "TRIM_HORIZON" }
        : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: lastNumber };
    return this.#kinesis.iterator("stream", { ShardId, ...from });
  }
}

for (const reshardingMs of [0, 30 * SECOND]) {
  test(`a consumer that polls hears every record once, in each key's order: resharding in ${reshardingMs} ms`, () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 100 }), (commands) => {
        const kinesis = aKinesis({ durations: { reshardingMs } });
        kinesis.create("stream", { ShardCount: 2 });
        const producer = new Producer(kinesis);
        const poller = new Poller(kinesis);
        for (const step of commands) {
          if (step.type === "poll") poller.poll(step.limit);
          else producer.run(step);
        }
        poller.catchUp();
        expect(poller.heard.byKey).toEqual(producer.said.byKey);
      }),
    );
  });
}
