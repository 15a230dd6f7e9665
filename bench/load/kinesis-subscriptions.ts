import { once } from "node:events";
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from "node:http2";
import type { Server } from "../machine/servers.ts";
import { shardIdAt } from "./kinesis-client.ts";
import { kinesisWire } from "./wire.ts";

/** The consumers of a stream, by ARN, each of which follows each of so many shards. */
export interface Followers {
  readonly consumerArns: readonly string[];
  readonly shards: number;
}

/** A record as it stands in an event; heartbeats have none. */
const RECORD = '"SequenceNumber":';

/** Subscriptions to the shards of a stream, one HTTP/2 connection per consumer. */
export class Subscriptions implements Disposable {
  readonly #sessions: readonly ClientHttp2Session[];
  /** Those who follow a shard, by its index. */
  readonly #byShard: readonly (readonly ClientHttp2Stream[])[];

  private constructor(sessions: readonly ClientHttp2Session[], byShard: readonly (readonly ClientHttp2Stream[])[]) {
    this.#sessions = sessions;
    this.#byShard = byShard;
  }

  /** Subscribes every consumer to every shard, from now on, and comes back when all are being served. */
  static async open(server: Server, { consumerArns, shards }: Followers): Promise<Subscriptions> {
    const sessions = consumerArns.map(() => connect(`http://127.0.0.1:${server.port}`));
    const indexes = Array.from({ length: shards }, (_, index) => index);
    const byShard = indexes.map((index) =>
      sessions.map((session, place) => subscribe(session, consumerArns[place]!, index)),
    );
    // What comes first says only that the subscription has begun.
    await Promise.all(byShard.flat().map((stream) => once(stream, "data")));
    return new Subscriptions(sessions, byShard);
  }

  /** Resolves when a record has reached everybody who follows the shard. */
  async reached(shardIndex: number): Promise<void> {
    await Promise.all(this.#byShard[shardIndex]!.map(record));
  }

  [Symbol.dispose](): void {
    for (const session of this.#sessions) session.destroy();
  }
}

function subscribe(session: ClientHttp2Session, consumerArn: string, shardIndex: number): ClientHttp2Stream {
  const lines = kinesisWire.headersOf("SubscribeToShard").map((line) => line.split(/: (.*)/s, 2) as [string, string]);
  const headers = { ":method": "POST", ":path": "/", ...Object.fromEntries(lines) };
  const input = { ConsumerARN: consumerArn, ShardId: shardIdAt(shardIndex), StartingPosition: { Type: "LATEST" } };
  return session.request(headers).end(JSON.stringify(input)).resume();
}

function record(stream: ClientHttp2Stream): Promise<void> {
  return new Promise((resolve) => {
    const look = (chunk: Buffer): void => {
      if (!chunk.includes(RECORD)) return;
      stream.off("data", look);
      resolve();
    };
    stream.on("data", look);
  });
}
