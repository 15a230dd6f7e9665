import { list, required, structure } from "../../../model/shape.ts";
import { queueChangeErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { queueSettings, queueStart } from "../queue/queue-definition.ts";
import { describeQueue } from "../queue/queue-description.ts";
import { queueRefusal } from "../queue/queue-refusal.ts";
import { queueAttributes, queueDescription, queueName, queueStreamConfiguration } from "../queue/queue-shapes.ts";
import { inProvisionedMode, invalidArgument, under } from "../refusals.ts";
import { tagMap } from "../shapes.ts";
import { streamAt } from "../stream/stream-address.ts";
import { firstTags } from "../tags.ts";

/** Creates a queue that hands out the records of an on-demand stream. API_CreateQueue. */
export const createQueue = kinesisOperation({
  name: "CreateQueue",
  rate: { perSecond: 5 },
  input: structure({
    QueueName: required(queueName),
    // AWS: the model says up to 10000, the reference that there is one.
    StreamConfigurationList: required(list(queueStreamConfiguration, { min: 1, max: 1 })),
    QueueAttributes: queueAttributes,
    Tags: tagMap,
  }),
  output: structure({ QueueDescription: required(queueDescription) }),
  errors: queueChangeErrors,
  gaps: [
    "AWS's texts for what a queue cannot be created with are not known.",
    "The stream has to be of the caller's account; whether AWS takes one of another account is not known.",
  ],
  handle(context, { QueueName: name, StreamConfigurationList, QueueAttributes, Tags }) {
    const { quotas, call } = context;
    const [source = { StreamARN: "" }] = StreamConfigurationList;
    const stream = streamAt(context, { StreamARN: source.StreamARN });
    // The text is ours.
    if (stream.scope.account !== call.scope.account) throw invalidArgument(`${under(stream)} is not of the caller's.`);
    if (stream.configuration.settings.mode !== "ON_DEMAND") throw inProvisionedMode(stream);
    const definition = { start: queueStart(source), settings: queueSettings(QueueAttributes) };
    const tags = firstTags(Tags, { name, scope: call.scope }, quotas.tagsPerResource);
    const queue = stream.queues.create({ name, ...definition, tags });
    if (typeof queue === "string") throw queueRefusal(queue, { stream, name, quotas });
    return { QueueDescription: describeQueue({ stream, queue }, "CREATING") };
  },
});
