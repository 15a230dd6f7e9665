import type { Server } from "../machine/servers.ts";
import { Connection } from "./connection.ts";
import { Destination } from "./destination.ts";
import { kinesisWire } from "./wire.ts";

/** Sets streams up for a measurement. */
export class KinesisClient implements Disposable {
  readonly #connection: Connection;
  readonly #destination: Destination;

  private constructor(connection: Connection, destination: Destination) {
    this.#connection = connection;
    this.#destination = destination;
  }

  static async open(server: Server): Promise<KinesisClient> {
    return new KinesisClient(await Connection.open(server.port), new Destination(server.port, kinesisWire));
  }

  async call(operation: string, input: object): Promise<Record<string, unknown>> {
    const { body } = await this.#connection.exchange(this.#destination.requestFor(operation, JSON.stringify(input)));
    return body === "" ? {} : JSON.parse(body);
  }

  async createStream(name: string, shards: number): Promise<void> {
    await this.call("CreateStream", { StreamName: name, ShardCount: shards });
  }

  /** Creates an on-demand stream with a queue that hands out all its records, and gives the queue's ARN. */
  async createStreamWithQueue(name: string): Promise<string> {
    await this.call("CreateStream", { StreamName: name, StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    const StartingPosition = { Type: "TRIM_HORIZON" };
    const StreamConfigurationList = [{ StreamARN: await this.#arnOf(name), StartingPosition }];
    const { QueueDescription } = await this.call("CreateQueue", { QueueName: name, StreamConfigurationList });
    return (QueueDescription as { readonly QueueARN: string }).QueueARN;
  }

  /** Gives the stream's consumer of that name, its ARN that is. */
  async registerConsumer(stream: string, name: string): Promise<string> {
    const StreamARN = await this.#arnOf(stream);
    const { Consumer } = await this.call("RegisterStreamConsumer", { StreamARN, ConsumerName: name });
    return (Consumer as { readonly ConsumerARN: string }).ConsumerARN;
  }

  /** An iterator of the stream's first shard: at the sequence number, or at the oldest record. */
  async iterator(stream: string, sequenceNumber?: string): Promise<string> {
    const start =
      sequenceNumber === undefined
        ? { ShardIteratorType: "TRIM_HORIZON" }
        : { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: sequenceNumber };
    const input = { StreamName: stream, ShardId: shardIdAt(0), ...start };
    return String((await this.call("GetShardIterator", input)).ShardIterator);
  }

  async #arnOf(stream: string): Promise<string> {
    const { StreamDescriptionSummary: summary } = await this.call("DescribeStreamSummary", { StreamName: stream });
    return (summary as { readonly StreamARN: string }).StreamARN;
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}

/** The id of the shard that was created as that one of its stream, counted from 0. */
export function shardIdAt(index: number): string {
  return `shardId-${String(index).padStart(12, "0")}`;
}

/** Makes a stream anew, without its records. */
export async function renewStream(server: Server, name: string, shards: number): Promise<void> {
  using client = await KinesisClient.open(server);
  await client.call("DeleteStream", { StreamName: name });
  await client.createStream(name, shards);
}
