import type { Streams } from "../../../src/engine/stream/account/streams.ts";
import type { Channel } from "../../../src/engine/stream/channel/channel.ts";
import type { Consumer } from "../../../src/engine/stream/consumer/consumer.ts";
import type { QueueSettings } from "../../../src/engine/stream/queue/queue-events.ts";
import type { QueueReceipt } from "../../../src/engine/stream/queue/queue-receipt.ts";
import type { StreamQueue } from "../../../src/engine/stream/queue/stream-queue.ts";
import type { Shard } from "../../../src/engine/stream/shard/shard.ts";
import type { Stream } from "../../../src/engine/stream/stream.ts";
import { aChannelDefinition, HOUR, MIB, MINUTE, SECOND } from "../../support/stream.ts";

/** Where something is done, and how. */
export interface Place {
  readonly streams: Streams;
  /** Of the stream. */
  readonly name: string;
  /** From 0 to 255: all else there is to choose. */
  readonly pick: number;
  /** Of all that was received so far. */
  readonly receipts: readonly QueueReceipt[];
}

interface StreamPlace extends Place {
  readonly stream: Stream;
}

interface ConsumerPlace extends StreamPlace {
  readonly consumer: Consumer;
}

interface ChannelPlace extends Place {
  readonly channel: Channel;
}

interface QueuePlace extends Place {
  readonly queue: StreamQueue;
}

type Deeds<Where> = Readonly<Record<string, (where: Where) => unknown>>;

const METRICS = ["IncomingBytes", "OutgoingBytes", "IteratorAgeMilliseconds"] as const;

const onAccount: Deeds<Place> = {
  createStream({ streams, name, pick }) {
    const isAuto = pick % 4 === 0;
    const settings = {
      mode: pick % 2 === 0 ? ("ON_DEMAND" as const) : ("PROVISIONED" as const),
      distribution: isAuto ? ("AUTO" as const) : ("USER_PARTITION_KEY" as const),
    };
    const created = streams.create({ name, shardCount: 1 + (pick % 4), settings, tags: { pick: String(pick) } });
    return typeof created === "string" ? created : created.id;
  },
  changeCommitment: ({ streams, pick }) => streams.changeCommitment(pick % 3 > 0),
};

const onStream: Deeds<StreamPlace> = {
  put,
  putAgain: put,
  deleteStream: ({ streams, stream, pick }) => streams.delete(stream, pick % 2 === 0),
  split({ stream, pick }) {
    const shard = openShard(stream, pick);
    if (shard === undefined) return "noShard";
    const { start, end } = shard.range;
    return stream.shards.split(shard.index, start + ((end - start) / 256n) * BigInt(pick));
  },
  merge({ stream, pick }) {
    const lower = openShard(stream, pick);
    const upper = stream.shards.list().find(({ range, isOpen }) => isOpen && range.start - 1n === lower?.range.end);
    if (lower === undefined || upper === undefined) return "noShard";
    return stream.shards.merge(lower.index, upper.index);
  },
  rescale: ({ stream, pick }) => stream.shards.rescale(1 + (pick % 6)),
  increaseRetention: ({ stream, pick }) => stream.configuration.increaseRetention((24 + pick) * HOUR),
  decreaseRetention: ({ stream, pick }) => stream.configuration.decreaseRetention((24 + (pick % 30)) * HOUR),
  startEncryption: ({ stream, pick }) => stream.configuration.startEncryption(`key ${pick % 2}`),
  stopEncryption: ({ stream }) => stream.configuration.stopEncryption(),
  changeMode: ({ stream, pick }) => stream.configuration.changeMode(pick % 2 === 0 ? "ON_DEMAND" : "PROVISIONED"),
  changeMaxRecordBytes: ({ stream, pick }) => stream.configuration.changeMaxRecordBytes((1 + (pick % 3)) * MIB),
  changeWarmThroughput: ({ stream, pick }) => stream.configuration.changeWarmThroughput(pick),
  changeDistribution: ({ stream, pick }) =>
    stream.configuration.changeDistribution(pick % 2 === 0 ? "AUTO" : "USER_PARTITION_KEY"),
  enableMetrics: ({ stream, pick }) => stream.configuration.enableMetrics(METRICS.slice(pick % 3)),
  disableMetrics: ({ stream, pick }) => stream.configuration.disableMetrics(METRICS.slice(pick % 3)),
  tag: ({ stream, pick }) => stream.configuration.tag({ [`tag ${pick % 3}`]: String(pick) }),
  untag: ({ stream, pick }) => stream.configuration.untag([`tag ${pick % 3}`]),
  changePolicy: ({ stream, pick }) => stream.configuration.changePolicy(policyOf(pick)),
  register({ stream, pick }) {
    const consumer = stream.consumers.register(`consumer ${pick % 3}`, { pick: String(pick) });
    return typeof consumer === "string" ? consumer : consumer.arn;
  },
  createChannel({ streams, stream, pick }) {
    const sources = [{ streamArn: stream.arn, streamCreatedAt: stream.createdAt, recordFormat: "JSON" }] as const;
    const channel = streams.channels.create((id) =>
      aChannelDefinition({ name: `channel ${pick % 3}`, roleArn: id, sources }),
    );
    return typeof channel === "string" ? channel : channel.arn;
  },
  createQueue({ stream, pick }) {
    const types = ["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"] as const;
    const type = types[pick % 3] ?? "LATEST";
    const start = type === "AT_TIMESTAMP" ? { type, instant: stream.createdAt + pick * SECOND } : { type };
    const definition = { start, settings: queueSettings(pick), tags: { pick: String(pick) } };
    const queue = stream.queues.create({ name: `queue ${pick % 5}`, ...definition });
    return typeof queue === "string" ? queue : queue.identity;
  },
  positionOf({ stream, pick }) {
    const shards = stream.shards.list();
    const shard = shards[pick % Math.max(1, shards.length)];
    return shard && stream.position(shard, { type: "AT_TIMESTAMP", instant: stream.createdAt + pick * MINUTE });
  },
};

const onConsumer: Deeds<ConsumerPlace> = {
  deregister: ({ stream, consumer }) => stream.consumers.deregister(consumer),
  tagConsumer: ({ stream, consumer, pick }) => stream.consumers.tag(consumer, { [`tag ${pick % 3}`]: "value" }),
  untagConsumer: ({ stream, consumer, pick }) => stream.consumers.untag(consumer, [`tag ${pick % 3}`]),
  changeConsumerPolicy: ({ stream, consumer, pick }) => stream.consumers.changePolicy(consumer, policyOf(pick)),
};

const onChannel: Deeds<ChannelPlace> = {
  updateChannel({ streams, channel, pick }) {
    const { destination, logging } = channel;
    return streams.channels.update(channel, {
      destination: { ...destination, freshnessMs: pick * SECOND },
      logging: { ...logging, isEnabled: pick % 2 === 0 },
    });
  },
  deleteChannel: ({ streams, channel }) => streams.channels.delete(channel),
};

const onQueue: Deeds<QueuePlace> = {
  receive: ({ queue, pick }) => receive(queue, pick, false),
  receiveAgain: ({ queue, pick }) => receive(queue, pick, false),
  receiveDeadLetters: ({ queue, pick }) => receive(queue, pick, true),
  waitForRecords({ queue, pick }) {
    const wait = { waitMs: (1 + (pick % 20)) * SECOND, signal: new AbortController().signal };
    if (queue.isDelivering) void queue.receiveWhenAvailable({ max: 1 + (pick % 10), isDead: pick % 3 === 0 }, wait);
  },
  acknowledge: (place) => withReceipt(place, (receipt) => place.queue.acknowledge(receipt)),
  restore: (place) => withReceipt(place, (receipt) => place.queue.restore(receipt)),
  changeVisibility: (place) =>
    withReceipt(place, (receipt) => place.queue.changeVisibility(receipt, (place.pick % 4) * 5 * SECOND)),
  updateQueue: ({ queue, pick }) => queue.update(queueSettings(pick)),
  deleteQueue: ({ queue, pick }) => pick % 4 === 0 && queue.delete(),
  tagQueue: ({ queue, pick }) => queue.tag({ [`tag ${pick % 3}`]: String(pick) }),
  untagQueue: ({ queue, pick }) => queue.untag([`tag ${pick % 3}`]),
  changeQueuePolicy: ({ queue, pick }) => queue.changePolicy(policyOf(pick)),
};

/** The names of all that can be done. */
export const deeds: readonly string[] = [onAccount, onStream, onConsumer, onChannel, onQueue].flatMap(Object.keys);

/** The names of all that makes queues busy. */
export const queueDeeds: readonly string[] = ["createStream", "createQueue", "put", "split", ...Object.keys(onQueue)];

/** Does it, if there is what it is done to, and says what it was answered, as data. */
export function doIt(deed: string, place: Place): unknown {
  const { streams, name, pick } = place;
  const channels = streams.channels.list();
  const channel = channels[pick % Math.max(1, channels.length)];
  const stream = streams.find(name);
  const consumer = stream?.consumers.find(`consumer ${pick % 3}`);
  if (channel !== undefined && deed in onChannel) return onChannel[deed]?.({ ...place, channel });
  const queues = stream?.queues.list() ?? [];
  const queue = queues[pick % Math.max(1, queues.length)];
  if (queue !== undefined && deed in onQueue) return onQueue[deed]?.({ ...place, queue });
  if (stream === undefined) return onAccount[deed]?.(place);
  if (consumer !== undefined && deed in onConsumer) return onConsumer[deed]?.({ ...place, stream, consumer });
  return (onStream[deed] ?? onAccount[deed])?.({ ...place, stream });
}

function queueSettings(pick: number): QueueSettings {
  const visibilityTimeoutMs = (pick % 4) * 5 * SECOND;
  return pick % 3 === 0 ? { visibilityTimeoutMs } : { visibilityTimeoutMs, maxReceiveCount: 1 + (pick % 3) };
}

function receive(queue: StreamQueue, pick: number, isDead: boolean): unknown {
  if (!queue.isDelivering) return "notActive";
  const received = queue.receive({
    max: 1 + (pick % 10),
    isDead,
    visibilityTimeoutMs: pick % 5 === 0 ? 0 : undefined,
  });
  return received.map(({ record, ...rest }) => ({ ...rest, record: record.sequenceNumber }));
}

function withReceipt({ receipts, pick }: Place, use: (receipt: QueueReceipt) => unknown): unknown {
  const receipt = receipts.at(-1 - (pick % 32)) ?? receipts.at(-1);
  return receipt === undefined ? "nothing" : use(receipt);
}

/** The receipts in what was answered. */
export function receiptsIn(answers: readonly unknown[]): readonly QueueReceipt[] {
  return answers
    .flat()
    .flatMap((answer) =>
      typeof answer === "object" && answer !== null && "receipt" in answer ? [answer.receipt as QueueReceipt] : [],
    );
}

/** Records reach only streams that take them; those that are distributed by the stream may be without a key. */
function put({ stream, pick }: StreamPlace): unknown {
  if (stream.status !== "ACTIVE" && stream.status !== "UPDATING") return "notActive";
  const isKeyless = stream.configuration.settings.distribution === "AUTO" && pick % 3 === 0;
  const outcome = stream.put({
    data: Buffer.from([pick, 0, 255 - pick]),
    partitionKey: isKeyless ? undefined : `key ${pick % 7}`,
    explicitHashKey: pick % 5 === 0 ? BigInt(pick) << 120n : undefined,
  });
  return outcome.outcome === "put" ? [outcome.shard.id, outcome.number.toString()] : outcome.outcome;
}

function openShard(stream: Stream, pick: number): Shard | undefined {
  const open = stream.shards.list().filter(({ isOpen }) => isOpen);
  return open[pick % Math.max(1, open.length)];
}

function policyOf(pick: number): string | undefined {
  return pick % 3 === 0 ? undefined : `{"Version":"2012-10-17","Id":"${pick}"}`;
}
