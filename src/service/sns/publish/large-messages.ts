import type { SubscriptionProtocol } from "../../../engine/topic/subscription/subscription-protocol.ts";
import type { Topic } from "../../../engine/topic/topic.ts";
import { invalidParameter } from "../errors.ts";
import { protocols as protocolRows } from "../subscription/protocols.ts";
import { MAX_MESSAGE_BYTES } from "../topic/topic-settings.ts";

/** How many subscribers can take messages of more than 256 KiB. Developer guide, large messages. */
const MAX_SUBSCRIPTIONS = 100;

/**
 * Throws InvalidParameter when a topic that publishes messages of that size cannot have such a subscription. AWS: how many
 * it has is only asked when the size is set, whatever the developer guide says.
 */
export function checkRoomFor(protocol: SubscriptionProtocol, topic: Topic): void {
  if (topic.definition.settings.maxMessageBytes > MAX_MESSAGE_BYTES) checkProtocols("Protocol", [protocol]);
}

/** Throws InvalidParameter when the topic's subscriptions cannot take messages of that size, or are too many. */
export function checkReceivers(topic: Topic, maxMessageBytes: number): void {
  if (maxMessageBytes <= MAX_MESSAGE_BYTES) return;
  const protocols = topic.subscriptions.map(({ protocol }) => protocol);
  checkProtocols(SIZE, protocols);
  if (protocols.length > MAX_SUBSCRIPTIONS) {
    throw invalidParameter(SIZE, `${LIMIT} can have at most ${MAX_SUBSCRIPTIONS} subscriptions`);
  }
}

const SIZE = "MaximumMessageSize";
/** GAP: AWS's words are not known. */
const LIMIT = `A topic with a ${SIZE} of more than ${MAX_MESSAGE_BYTES} bytes`;

function checkProtocols(parameter: string, protocols: readonly SubscriptionProtocol[]): void {
  const unfit = protocols.find((protocol) => !protocolRows[protocol].takesLargeMessages);
  if (unfit !== undefined) throw invalidParameter(parameter, `${LIMIT} does not support the protocol ${unfit}`);
}
