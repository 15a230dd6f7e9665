import type { Stream } from "../../../engine/stream/stream.ts";
import { boolean, structure } from "../../../model/shape.ts";
import { changeErrors, ResourceInUseException } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { notActive } from "../refusals.ts";
import { streamAddress } from "../shapes.ts";

/** Deletes a stream with everything in it. API_DeleteStream. */
export const deleteStream = streamOperation({
  name: "DeleteStream",
  rate: { perSecond: 5 },
  input: structure({ ...streamAddress, EnforceConsumerDeletion: boolean() }),
  errors: changeErrors,
  handle({ directory, stream }, { EnforceConsumerDeletion = false }) {
    const outcome = directory.in(stream.scope).delete(stream, EnforceConsumerDeletion);
    if (outcome === "beingDeleted") throw notActive(stream);
    if (outcome === "hasChannels") throw hasChannels(stream);
    if (outcome === "hasQueues") throw hasQueues(stream);
    if (outcome === "hasConsumers") throw hasConsumers(stream);
  },
});

/** AWS: the apostrophe is the typographic one. */
function hasConsumers({ name, scope }: Stream) {
  return new ResourceInUseException(
    `DeleteStream can\u2019t delete ${scope.account}:${name} because there are consumers associated with this data stream. To delete ${name} anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
  );
}

// The text is ours.
function hasChannels({ name, scope }: Stream) {
  return new ResourceInUseException(
    `Stream ${name} under account ${scope.account} cannot be deleted because there are channels associated with it.`,
  );
}

// The text is ours.
function hasQueues({ name, scope }: Stream) {
  return new ResourceInUseException(
    `Stream ${name} under account ${scope.account} cannot be deleted because there are queues associated with it.`,
  );
}
