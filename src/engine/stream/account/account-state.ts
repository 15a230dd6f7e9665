import { type IndexRange, OrderedIndex } from "../../../kernel/collection/ordered-index.ts";
import { ChannelsState } from "../channel/channels-state.ts";
import { QueueRegister } from "../queue/queue-register.ts";
import type { Stream } from "../stream.ts";
import type { AccountChange, StreamCreated } from "./account-events.ts";
import { StreamCounts } from "./stream-counts.ts";
import { StreamExpiries } from "./stream-expiries.ts";
import { noCommitment, type ThroughputCommitment } from "./throughput-commitment.ts";

/**
 * What there is in one account and region: streams by name, channels, and the commitment to a minimum throughput. Only
 * events and the passing of time change it.
 */
export class AccountState {
  readonly channels = new ChannelsState();
  readonly queues = new QueueRegister();
  readonly counts = new StreamCounts();
  readonly expiries = new StreamExpiries();
  readonly #makeStream: (created: StreamCreated) => Stream;
  readonly #byName = new Map<string, Stream>();
  readonly #inOrder = new OrderedIndex<Stream>(({ name }) => name);
  #commitment = noCommitment;

  constructor(makeStream: (created: StreamCreated) => Stream) {
    this.#makeStream = makeStream;
  }

  get isEmpty(): boolean {
    const { startedAt } = this.#commitment;
    return this.#byName.size === 0 && this.channels.size === 0 && startedAt === undefined;
  }

  /** As it was changed last; time may have ended it since. */
  get commitment(): ThroughputCommitment {
    return this.#commitment;
  }

  /** The stream of that name, even if its deletion is complete. */
  find(name: string): Stream | undefined {
    return this.#byName.get(name);
  }

  /** All streams, also those whose deletion is complete. */
  all(): Iterable<Stream> {
    return this.#byName.values();
  }

  /** The same of that range, by name. */
  list(range?: IndexRange): Iterable<Stream> {
    return this.#inOrder.list(range);
  }

  /** What counts of a stream for the account may have changed, or when something of it expires. */
  changed(stream: Stream): void {
    this.counts.update(stream);
    this.expiries.update(stream);
  }

  /** Lets go of a stream whose deletion is complete. */
  forget(stream: Stream): void {
    this.#byName.delete(stream.name);
    this.#inOrder.delete(stream);
    this.counts.delete(stream);
    this.expiries.delete(stream);
  }

  apply(event: AccountChange): void {
    switch (event.type) {
      case "streamCreated":
        return this.#add(this.#makeStream(event));
      case "commitmentChanged":
        this.#commitment = event.commitment;
        return;
      default:
        return this.channels.apply(event);
    }
  }

  #add(stream: Stream): void {
    const former = this.#byName.get(stream.name);
    if (former !== undefined) this.forget(former);
    this.#byName.set(stream.name, stream);
    this.#inOrder.set(stream);
    this.counts.add(stream);
    this.expiries.add(stream);
  }
}
