import type { Queue, Stream, Subscription, Topic } from "../../../api/control.ts";
import { counted, numberText } from "../../../part/words.ts";
import { hrefOfArn } from "../../../state/place.ts";
import type { World } from "../world.ts";

type NodeKind = "topic" | "queue" | "dead-letter-queue" | "stream" | "endpoint";

/** Something on the map. */
export interface MapNode {
  /** Its ARN, or the address of what lies outside. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** What it holds, in a few words. */
  readonly note: string;
  readonly href: string | undefined;
}

/** What leads from one thing to another. */
export interface MapEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: "subscription" | "dead-letters";
  /** What is let through, or how many receives come first. */
  readonly label: string;
}

export interface Graph {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

/** The world as nodes and what leads from one to another. */
export function graphOf({ queues, topics, subscriptions, streams }: World): Graph {
  const nodes = new Map<string, MapNode>();
  const add = (node: MapNode): void => void nodes.set(node.id, node);
  for (const topic of topics) add(topicNode(topic));
  for (const stream of streams) add(streamNode(stream));
  for (const queue of queues) add(queueNode(queue));
  const edges: MapEdge[] = [];
  for (const subscription of subscriptions) {
    const to = receiverOf(subscription);
    if (!nodes.has(to.id)) add(to);
    edges.push({
      from: subscription.topicArn,
      to: to.id,
      kind: "subscription",
      label: subscriptionLabel(subscription),
    });
    if (subscription.deadLetterQueueArn !== undefined && nodes.has(subscription.deadLetterQueueArn)) {
      edges.push({
        from: subscription.topicArn,
        to: subscription.deadLetterQueueArn,
        kind: "dead-letters",
        label: "undelivered",
      });
    }
  }
  for (const { arn, deadLetterQueueArn, maxReceiveCount } of queues) {
    if (deadLetterQueueArn === undefined || !nodes.has(deadLetterQueueArn)) continue;
    const label = `after ${counted(maxReceiveCount ?? 0, "receive")}`;
    edges.push({ from: arn, to: deadLetterQueueArn, kind: "dead-letters", label });
  }
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

/** Where a subscription leads: a queue or stream that there is, or something outside. */
function receiverOf({ protocol, endpoint }: Subscription): MapNode {
  const name = endpoint.split(/[:/]/).at(-1) ?? endpoint;
  const id = protocol === "firehose" || protocol === "sqs" ? endpoint : `${protocol} ${endpoint}`;
  return {
    id,
    kind: "endpoint",
    name: protocol === "sqs" ? name : endpoint,
    note: protocol,
    href: hrefOfArn(endpoint),
  };
}

function subscriptionLabel({ filter, isConfirmed, protocol }: Subscription): string {
  if (!isConfirmed) return "not confirmed";
  return filter?.sentence ?? (protocol === "sqs" ? "everything" : protocol);
}
