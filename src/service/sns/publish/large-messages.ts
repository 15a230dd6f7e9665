import type { SubscriptionProtocol } from "../../../engine/topic/subscription/subscription-protocol.ts";
import type { Topic } from "../../../engine/topic/topic.ts";
import { invalidParameter } from "../errors.ts";
import { protocols as protocolRows } from "../subscription/protocols.ts";
import { MAX_MESSAGE_BYTES } from "../topic/topic-settings.ts";

/** How many subscribers can take messages of more than 256 KiB. Developer guide, large messages. */
const MAX_SUBSCRIPTIONS = 100;

/** Throws InvalidParameter when a topic that publishes messages of that size cannot have one more such subscription. */
export function checkRoomFor(protocol: SubscriptionProtocol, topic: Topic): void {
  if (topic.definition.settings.maxMessageBytes <= MAX_MESSAGE_BYTES) return;
  const protocols = [...topic.subscriptions.map((subscription) => subscription.protocol), protocol];
  checkProtocols("Protocol", protocols);
}

/** Throws InvalidParameter when the topic's subscriptions cannot take messages of that size. */
export function checkReceivers(topic: Topic, maxMessageBytes: number): void {
  if (maxMessageBytes <= MAX_MESSAGE_BYTES) return;
  const protocols = topic.subscriptions.map(({ protocol }) => protocol);
  checkProtocols("MaximumMessageSize", protocols);
}

/** GAP: AWS's words are not known. */
function checkProtocols(parameter: string, protocols: readonly SubscriptionProtocol[]): void {
  const limit = `A topic with a MaximumMessageSize of more than ${MAX_MESSAGE_BYTES} bytes`;
  const unfit = protocols.find((protocol) => !protocolRows[protocol].takesLargeMessages);
  if (unfit !== undefined) throw invalidParameter(parameter, `${limit} does not support the protocol ${unfit}`);
  if (protocols.length > MAX_SUBSCRIPTIONS) {
    throw invalidParameter(parameter, `${limit} can have at most ${MAX_SUBSCRIPTIONS} subscriptions`);
  }
}
