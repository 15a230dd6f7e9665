import type { Queue, Stream, Subscription, Topic } from "../../../api/control.ts";
import { counted, numberText } from "../../../part/words.ts";
import { hrefOfArn } from "../../../state/place.ts";
import type { World } from "../world.ts";
import type { MapEdge, MapNode } from "./elements.ts";
import { flowKey } from "./flow-key.ts";
import { functionEdges, functionNode, unqualified } from "./function-edges.ts";

export interface Graph {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

/** The world as nodes and what leads from one to another. */
export function graphOf(world: World): Graph {
  const { queues, topics, subscriptions, streams, functions } = world;
  const nodes = new Map<string, MapNode>();
  const add = (node: MapNode): void => void nodes.set(node.id, node);
  for (const topic of topics) add(topicNode(topic));
  for (const stream of streams) add(streamNode(stream));
  for (const queue of queues) add(queueNode(queue));
  for (const one of functions) add(functionNode(one));
  const edges: MapEdge[] = [];
  for (const subscription of subscriptions) {
    const to = receiverOf(subscription);
    if (!nodes.has(to.id)) add(to);
    edges.push({
      from: subscription.topicArn,
      to: to.id,
      kind: "subscription",
      flowKey: flowKey("delivered", subscription.topicArn, subscription.arn),
      label: subscriptionLabel(subscription),
    });
    if (subscription.deadLetterQueueArn !== undefined && nodes.has(subscription.deadLetterQueueArn)) {
      edges.push({
        from: subscription.topicArn,
        to: subscription.deadLetterQueueArn,
        kind: "dead-letters",
        flowKey: flowKey("dead-lettered", subscription.topicArn, subscription.arn),
        label: "undelivered",
      });
    }
  }
  for (const { arn, deadLetterQueueArn, maxReceiveCount } of queues) {
    if (deadLetterQueueArn === undefined || !nodes.has(deadLetterQueueArn)) continue;
    const label = `after ${counted(maxReceiveCount ?? 0, "receive")}`;
    const key = flowKey("left", arn, deadLetterQueueArn);
    edges.push({ from: arn, to: deadLetterQueueArn, kind: "dead-letters", flowKey: key, label });
  }
  for (const [reader, streamArn, label] of readersOf(world)) {
    add(reader);
    edges.push({
      from: streamArn,
      to: reader.id,
      kind: "reading",
      flowKey: flowKey("received", streamArn, reader.id),
      label,
    });
  }
  for (const edge of functions.flatMap(functionEdges)) if (nodes.has(edge.to)) edges.push(edge);
  return { nodes: [...nodes.values()], edges: edges.filter(({ from }) => nodes.has(from)) };
}

function topicNode({ arn, name, subscriptions }: Topic): MapNode {
  const { confirmed, pending } = subscriptions;
  const note = `${counted(confirmed, "subscription")}${pending > 0 ? `, ${pending} pending` : ""}`;
  return { id: arn, kind: "topic", name, note, href: hrefOfArn(arn) };
}

function streamNode({ arn, name, openShardCount, recordCount }: Stream): MapNode {
  const note = `${counted(openShardCount, "shard")}, ${counted(recordCount, "record")}`;
  return { id: arn, kind: "stream", name, note, href: hrefOfArn(arn) };
}

function queueNode({ arn, name, visible, inFlight, delayed, deadLetterSources }: Queue): MapNode {
  const note = [
    `${numberText(visible)} visible`,
    ...(inFlight > 0 ? [`${numberText(inFlight)} in flight`] : []),
    ...(delayed > 0 ? [`${numberText(delayed)} delayed`] : []),
  ].join(", ");
  const kind = deadLetterSources.length > 0 ? "dead-letter-queue" : "queue";
  return { id: arn, kind, name, note, href: hrefOfArn(arn) };
}

/** Who reads streams: consumers with enhanced fan-out, and queues on streams; with the stream and what the way to them is called. */
function readersOf({ consumers, streamQueues }: World): readonly (readonly [MapNode, string, string])[] {
  return [
    ...consumers.map(({ arn, name, status, streamArn }) => {
      const note = status === "ACTIVE" ? "consumer" : `consumer, ${status.toLowerCase()}`;
      return [
        { id: arn, kind: "consumer", name, note, href: hrefOfArn(streamArn) },
        streamArn,
        "enhanced fan-out",
      ] as const;
    }),
    ...streamQueues.map((queue) => {
      const { arn, name, streamArn, visible, inFlight, deadVisible, deadInFlight } = queue;
      const dead = deadVisible + deadInFlight;
      const note = [
        `${numberText(visible)} visible`,
        ...(inFlight > 0 ? [`${numberText(inFlight)} in flight`] : []),
        ...(dead > 0 ? [`${numberText(dead)} dead`] : []),
      ].join(", ");
      return [
        { id: arn, kind: "queue", name, note, href: hrefOfArn(streamArn) },
        streamArn,
        "queue on the stream",
      ] as const;
    }),
  ];
}

/** Where a subscription leads: a queue or stream that there is, or something outside. */
function receiverOf({ protocol, endpoint }: Subscription): MapNode {
  const isNamed = protocol === "sqs" || protocol === "lambda";
  const arn = protocol === "lambda" ? unqualified(endpoint) : endpoint;
  const name = arn.split(/[:/]/).at(-1) ?? arn;
  const id = isNamed || protocol === "firehose" ? arn : `${protocol} ${endpoint}`;
  return {
    id,
    kind: "endpoint",
    name: isNamed ? name : endpoint,
    note: protocol,
    href: hrefOfArn(endpoint),
  };
}

function subscriptionLabel({ filter, isConfirmed, protocol }: Subscription): string {
  if (!isConfirmed) return "not confirmed";
  return filter?.sentence ?? (protocol === "sqs" ? "everything" : protocol);
}
