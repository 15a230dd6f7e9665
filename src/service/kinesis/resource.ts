import type { Consumer } from "../../engine/stream/consumer/consumer.ts";
import type { StreamQueue } from "../../engine/stream/queue/stream-queue.ts";
import type { Tags } from "../../engine/stream/settings.ts";
import type { Stream } from "../../engine/stream/stream.ts";
import type { AwsError } from "../../kernel/aws-error.ts";
import { consumerWithArn } from "./consumer/consumer-address.ts";
import { ResourceInUseException } from "./errors.ts";
import type { KinesisContext } from "./operation.ts";
import { queueAt, queueNotActive } from "./queue/queue-address.ts";
import { invalidArgument, notActive } from "./refusals.ts";
import { noStreamOf, streamByArn } from "./stream/stream-address.ts";
import { tooManyTags } from "./tags.ts";

/** What can be tagged and can have a policy: a stream, a consumer or a queue. The commands throw when it is not ready for them. */
interface Resource {
  readonly tags: Tags;
  readonly policy: string | undefined;
  tag(added: Tags): void;
  untag(keys: readonly string[]): void;
  changePolicy(policy: string | undefined): void;
}

/** Throws ResourceNotFoundException when there is nothing of that ARN. */
export function resourceAt(context: KinesisContext, arn: string): Resource {
  if (arn.includes("/consumer/")) return consumerResource(consumerWithArn(context, arn));
  if (arn.includes(":queue/")) return queueResource(queueAt(context, arn).queue);
  // GAP: the text is ours; what AWS keeps of a channel's tags cannot be changed.
  if (arn.includes(":channel/")) throw invalidArgument("Tags and policies of channels are not supported.");
  const stream = streamByArn(context, arn);
  if (stream === undefined) throw noStreamOf(context.call, arn);
  return streamResource(stream);
}

export function streamResource(stream: Stream): Resource {
  const { configuration } = stream;
  return {
    tags: configuration.tags,
    policy: configuration.policy,
    tag(added) {
      const outcome = configuration.tag(added);
      if (outcome === "tooMany") throw tooManyTags(stream);
      if (outcome === "notActive") throw notActive(stream);
    },
    untag(keys) {
      if (configuration.untag(keys) === "notActive") throw notActive(stream);
    },
    changePolicy(policy) {
      if (configuration.changePolicy(policy) === "notActive") throw notActive(stream);
    },
  };
}

function queueResource(queue: StreamQueue): Resource {
  const checked = (outcome: "changed" | "tooMany" | "notActive"): void => {
    if (outcome === "notActive") throw queueNotActive(queue);
    // The text is ours.
    if (outcome === "tooMany") throw invalidArgument(`${queue.identity.arn} would have too many tags.`);
  };
  return {
    tags: queue.tags,
    policy: queue.policy,
    tag: (added) => checked(queue.tag(added)),
    untag: (keys) => checked(queue.untag(keys)),
    changePolicy: (policy) => checked(queue.changePolicy(policy)),
  };
}

function consumerResource({ stream, consumer }: { readonly stream: Stream; readonly consumer: Consumer }): Resource {
  const { consumers } = stream;
  return {
    tags: consumer.tags,
    policy: consumer.policy,
    tag(added) {
      // The text is ours.
      if (consumers.tag(consumer, added) === "tooMany")
        throw invalidArgument(`${consumer.arn} would have too many tags.`);
    },
    untag: (keys) => consumers.untag(consumer, keys),
    changePolicy(policy) {
      if (consumers.changePolicy(consumer, policy) === "notActive") throw consumerNotActive(consumer, stream);
    },
  };
}

function consumerNotActive({ name, createdAt }: Consumer, stream: Stream): AwsError {
  const second = Math.floor(createdAt / 1000);
  return new ResourceInUseException(
    `Consumer ${name} with creation timestamp ${second} under stream ${stream.name} and account ${stream.scope.account} is not in ACTIVE status.`,
  );
}
