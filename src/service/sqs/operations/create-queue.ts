import { formatArn } from "../../../kernel/arn.ts";
import { required, string, structure } from "../../../model/shape.ts";
import {
  anyCallErrors,
  InvalidAttributeName,
  InvalidAttributeValue,
  QueueDeletedRecently,
  QueueNameExists,
} from "../errors.ts";
import { caughtUp, sqsOperation } from "../operation.ts";
import { firstDifference, newAttributes } from "../queue/attribute-changes.ts";
import { queueTypeOf, queueUrlOf } from "../queue/queue-address.ts";
import { settingsOf } from "../queue/queue-attributes.ts";
import { withTags } from "../queue/tags.ts";
import { attributeMap, queueUrl, tagMap } from "../shapes.ts";

/** Creates a queue, or finds the one of that name. API_CreateQueue. */
export const createQueue = sqsOperation({
  name: "CreateQueue",
  input: structure({ QueueName: required(string()), Attributes: attributeMap, tags: tagMap }),
  output: structure({ QueueUrl: queueUrl }),
  errors: [QueueDeletedRecently, QueueNameExists, InvalidAttributeName, InvalidAttributeValue, ...anyCallErrors],
  gaps: [
    "KmsMasterKeyId is stored, nothing is encrypted.",
    "Policy is stored, nobody is refused by it, and its principals are not looked up.",
    "A dead-letter queue may be in another account.",
  ],
  isAtRootOnly: true,
  handle({ call, directory }, { QueueName: name, Attributes: given = {}, tags = {} }) {
    const subject = { ...queueTypeOf(name, given), arn: formatArn("sqs", call.scope, name), directory };
    const queues = directory.in(call.scope);
    const found = queues.find(name);
    const existing = found && caughtUp(found);
    // AWS: only the attributes that were given are compared, with what they are now.
    const difference = existing && firstDifference(existing, given, subject);
    if (difference !== undefined) throw new QueueNameExists(difference);
    if (existing === undefined) {
      const attributes = newAttributes(given, subject);
      const definition = { settings: settingsOf(attributes), attributes, tags: withTags({}, tags, name) };
      if (queues.wasDeletedRecently(name)) throw new QueueDeletedRecently();
      queues.create(name, definition);
    }
    return { QueueUrl: queueUrlOf(call.origin, call.scope.account, name) };
  },
});
