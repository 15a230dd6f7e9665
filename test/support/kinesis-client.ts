import * as sdk from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { EmulatorOptions } from "../../src/index.ts";
import { anEmulator } from "./emulator.ts";

export const ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";

/** How the client talks to the server; every case runs over both. */
export const transports: readonly [title: string, config: () => sdk.KinesisClientConfig][] = [
  ["HTTP/2, which is the client's default", () => ({})],
  ["HTTP/1.1", () => ({ requestHandler: new NodeHttpHandler() })],
];

// biome-ignore lint/style/noRestrictedGlobals: the SDK speaks of instants as Date; no clock is read here.
export const dateOf = (epochMs: number) => new Date(epochMs);

type Config = sdk.KinesisClientConfig & { readonly secure?: boolean };

/** A server and a client of it that close together, and a stream to begin with. */
export async function aClient({ secure = false, ...config }: Config, options: EmulatorOptions = {}) {
  const emulator = await anEmulator(secure ? { tls: "self-signed", ...options } : options);
  const client = new sdk.Kinesis({
    endpoint: emulator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
    ...config,
  });
  return {
    emulator,
    client,
    clock: emulator.clock(),
    ...shorthand(client),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await emulator.close();
    },
  };
}

/** Calls about the stream `orders` and its first shard, which say only what matters to a test. */
function shorthand(client: sdk.Kinesis) {
  return {
    create: (ShardCount = 1) => client.createStream({ StreamName: "orders", ShardCount }),
    put: (text: string, more: Partial<sdk.PutRecordCommandInput> = {}) =>
      client.putRecord({ StreamName: "orders", PartitionKey: "a", Data: Buffer.from(text), ...more }),
    iterator: async (more: Partial<sdk.GetShardIteratorCommandInput> = {}) => {
      const input = { StreamName: "orders", ShardId: "0", ShardIteratorType: "TRIM_HORIZON", ...more } as const;
      return (await client.getShardIterator(input)).ShardIterator!;
    },
    register: async (ConsumerName = "c") => {
      const { Consumer } = await client.registerStreamConsumer({ StreamARN: ARN, ConsumerName });
      return Consumer!.ConsumerARN!;
    },
    /** Iterates over the events of a subscription; to shard 0 from its oldest record unless told. */
    subscribe: async (ConsumerARN: string, more: Partial<sdk.SubscribeToShardCommandInput> = {}) => {
      const StartingPosition = { Type: "TRIM_HORIZON" } as const;
      const input = { ConsumerARN, ShardId: "shardId-000000000000", StartingPosition, ...more };
      return (await client.subscribeToShard(input)).EventStream![Symbol.asyncIterator]();
    },
  };
}

const textOf = ({ Data }: { readonly Data?: Uint8Array | undefined }) => Buffer.from(Data!).toString();

/** What records hold, as text. */
export const textsOf = (records: readonly { readonly Data?: Uint8Array | undefined }[] = []) => records.map(textOf);

/** The next event of a subscription, which must not have ended. */
export async function nextOf(
  events: AsyncIterator<sdk.SubscribeToShardEventStream>,
): Promise<sdk.SubscribeToShardEvent> {
  const { value, done } = await events.next();
  if (done) throw new Error("the subscription ended");
  return value.SubscribeToShardEvent!;
}

/** What a promise is refused with. */
export async function refusalOf(promise: Promise<unknown>): Promise<sdk.KinesisServiceException> {
  const cause = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(cause instanceof sdk.KinesisServiceException)) throw cause ?? new Error("the call was expected to be refused");
  return cause;
}
