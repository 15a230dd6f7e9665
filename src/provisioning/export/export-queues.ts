import type { Session } from "../apply/session.ts";
import { queueProperties } from "../world/properties.ts";
import type { Texts } from "../world/world.ts";
import { declaredTags, declaredValues } from "./declared-values.ts";
import { allPages } from "./pages.ts";

interface QueuePage {
  readonly QueueUrls?: readonly string[];
  readonly NextToken?: string;
}

/** What a file says of the queues of an account and region, by name. */
export async function exportQueues(session: Session): Promise<object> {
  const urls = await allPages(
    (token) => session.call<QueuePage>("sqs", "ListQueues", { MaxResults: 1000, ...token }),
    ({ QueueUrls }) => QueueUrls,
  );
  const exported: Record<string, object> = {};
  for await (const QueueUrl of session.inTurns(urls)) {
    const input = { QueueUrl, AttributeNames: ["All"] };
    const found = await session.find<{ Attributes?: Texts }>("sqs", "GetQueueAttributes", input);
    if (found === undefined) continue;
    const { Tags = {} } = await session.call<{ Tags?: Texts }>("sqs", "ListQueueTags", { QueueUrl });
    const name = QueueUrl.slice(QueueUrl.lastIndexOf("/") + 1);
    exported[name] = {
      ...declaredValues(session, exportable(found.Attributes ?? {}), queueProperties),
      ...declaredTags(Tags),
    };
  }
  return exported;
}

/** AWS: a KMS key has turned off what SQS would do by itself. */
function exportable({ SqsManagedSseEnabled, ...attributes }: Texts): Texts {
  if (SqsManagedSseEnabled === undefined || attributes.KmsMasterKeyId !== undefined) return attributes;
  return { ...attributes, SqsManagedSseEnabled };
}
