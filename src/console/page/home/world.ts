import { listed, type Queue, type Stream, type Subscription, type Topic } from "../../api/control.ts";

/** Everything of an account that the map shows. */
export interface World {
  readonly queues: readonly Queue[];
  readonly topics: readonly Topic[];
  readonly subscriptions: readonly Subscription[];
  readonly streams: readonly Stream[];
}

export async function readWorld(signal: AbortSignal): Promise<World> {
  const [queues, topics, subscriptions, streams] = await Promise.all([
    listed("queues", "queues", signal),
    listed("topics", "topics", signal),
    listed("subscriptions", "subscriptions", signal),
    listed("streams", "streams", signal),
  ]);
  return { queues, topics, subscriptions, streams };
}

/** How many things there are. */
export function sizeOf({ queues, topics, streams }: World): number {
  return queues.length + topics.length + streams.length;
}

/** What of a world has a name with that text in it, and what leads from one to the other. */
export function narrowed(world: World, text: string): World {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return world;
  const isMeant = ({ name }: { readonly name: string }): boolean => name.toLowerCase().includes(wanted);
  const topics = world.topics.filter(isMeant);
  const arns = new Set(topics.map(({ arn }) => arn));
  return {
    queues: world.queues.filter(isMeant),
    topics,
    subscriptions: world.subscriptions.filter(({ topicArn }) => arns.has(topicArn)),
    streams: world.streams.filter(isMeant),
  };
}
