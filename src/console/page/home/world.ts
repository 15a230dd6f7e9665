import {
  type Answer,
  control,
  type LambdaFunction,
  listed,
  type Queue,
  type Stream,
  type Subscription,
  type Topic,
} from "../../api/control.ts";

/** Everything of an account that the map shows. */
export interface World {
  readonly queues: readonly Queue[];
  readonly topics: readonly Topic[];
  readonly subscriptions: readonly Subscription[];
  readonly streams: readonly Stream[];
  readonly consumers: readonly Consumer[];
  readonly streamQueues: readonly StreamQueue[];
  readonly functions: readonly LambdaFunction[];
}

/** Who reads a stream with enhanced fan-out. */
interface Consumer {
  readonly streamArn: string;
  readonly arn: string;
  readonly name: string;
  readonly status: string;
}

type StreamQueue = Answer<"stream-queues">["queues"][number];

/** Of so many streams those who read them are asked for: more are no map. */
const MOST_READ = 50;

export async function readWorld(signal: AbortSignal): Promise<World> {
  const [queues, topics, subscriptions, streams, functions] = await Promise.all([
    listed("queues", "queues", signal),
    listed("topics", "topics", signal),
    listed("subscriptions", "subscriptions", signal),
    listed("streams", "streams", signal),
    listed("functions", "functions", signal),
  ]);
  const [consumers, streamQueues] = await Promise.all([
    readConsumers(streams, signal),
    streams.some(({ queueCount }) => queueCount > 0) ? listed("stream-queues", "queues", signal) : [],
  ]);
  return { queues, topics, subscriptions, streams, consumers, streamQueues, functions };
}

async function readConsumers(streams: readonly Stream[], signal: AbortSignal): Promise<readonly Consumer[]> {
  const read = streams.filter(({ consumerCount }) => consumerCount > 0).slice(0, MOST_READ);
  const answers = await Promise.all(
    read.map(({ arn: stream }) => control.call("GET", "consumers", { stream }, { signal })),
  );
  return answers.flatMap(({ streamArn, consumers }) => consumers.map((consumer) => ({ ...consumer, streamArn })));
}

/** How many things there are. */
export function sizeOf({ queues, topics, streams, functions }: World): number {
  return queues.length + topics.length + streams.length + functions.length;
}

/** What of a world has a name with that text in it, and what leads from one to the other. */
export function narrowed(world: World, text: string): World {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return world;
  const isMeant = ({ name }: { readonly name: string }): boolean => name.toLowerCase().includes(wanted);
  const topics = world.topics.filter(isMeant);
  const streams = world.streams.filter(isMeant);
  const arns = new Set([...topics, ...streams].map(({ arn }) => arn));
  return {
    queues: world.queues.filter(isMeant),
    topics,
    subscriptions: world.subscriptions.filter(({ topicArn }) => arns.has(topicArn)),
    streams,
    consumers: world.consumers.filter(({ streamArn }) => arns.has(streamArn)),
    streamQueues: world.streamQueues.filter(({ streamArn }) => arns.has(streamArn)),
    functions: world.functions.filter(isMeant),
  };
}
