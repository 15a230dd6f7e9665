import type { DeclaredQueue, Texts } from "../world/world.ts";
import { differences, told, withArns } from "./attributes.ts";
import type { Plan } from "./plan.ts";
import type { Session } from "./session.ts";
import { planTags } from "./tags.ts";

/** What names other queues, which may be created after this one. */
const REFERRING = ["RedrivePolicy", "RedriveAllowPolicy"];

/** Plans what has to be done so that the queue is as declared. */
export async function planQueue(session: Session, queue: DeclaredQueue, plan: Plan): Promise<void> {
  const attributes = withArns(session, queue.attributes);
  const found = await session.find<{ readonly Attributes?: Texts }>("sqs", "GetQueueAttributes", {
    QueueUrl: session.queueUrl(queue.name),
    AttributeNames: ["All"],
  });
  if (found === undefined) planCreation(session, { ...queue, attributes }, plan);
  else await planChange(session, { ...queue, attributes }, { plan, present: found.Attributes ?? {} });
}

function planCreation(session: Session, { name, path, attributes, tags, messages }: DeclaredQueue, plan: Plan): void {
  const QueueUrl = session.queueUrl(name);
  const about = { subject: `queue ${name}`, path };
  const isReferring = ([attribute]: readonly [string, string]) => REFERRING.includes(attribute);
  const given = Object.entries({ ...(name.endsWith(".fifo") && { FifoQueue: "true" }), ...attributes });
  const own = Object.fromEntries(given.filter((entry) => !isReferring(entry)));
  const referring = Object.fromEntries(given.filter(isReferring));
  plan.note({ action: "created", type: "queue", name, ...session.place, details: [] });
  plan.add({
    stage: "create",
    ...about,
    run: () => session.call("sqs", "CreateQueue", { QueueName: name, Attributes: own, tags }),
    undo: () => session.call("sqs", "DeleteQueue", { QueueUrl }),
  });
  if (Object.keys(referring).length > 0) {
    const input = { QueueUrl, Attributes: referring };
    plan.add({ stage: "change", ...about, run: () => session.call("sqs", "SetQueueAttributes", input) });
  }
  for (const { input, path: place } of messages) {
    const send = () => session.call("sqs", "SendMessage", { QueueUrl, ...input });
    plan.add({ stage: "seed", subject: `message to queue ${name}`, path: place, run: send });
  }
}

async function planChange(
  session: Session,
  { name, path, attributes, tags }: DeclaredQueue,
  { plan, present }: { readonly plan: Plan; readonly present: Texts },
): Promise<void> {
  const QueueUrl = session.queueUrl(name);
  const about = { subject: `queue ${name}`, path };
  const changed = differences(attributes, present);
  const set = (which: "before" | "after") => () =>
    session.call("sqs", "SetQueueAttributes", {
      QueueUrl,
      Attributes: Object.fromEntries(changed.map((one) => [one.name, one[which] ?? ""])),
    });
  if (changed.length > 0) plan.add({ stage: "change", ...about, run: set("after"), undo: set("before") });
  const { Tags = {} } =
    Object.keys(tags).length === 0 ? {} : await session.call<{ Tags?: Texts }>("sqs", "ListQueueTags", { QueueUrl });
  const retagged = planTags(plan, about, {
    declared: tags,
    present: Tags,
    operations: {
      set: (after) => session.call("sqs", "TagQueue", { QueueUrl, Tags: after }),
      remove: (TagKeys) => session.call("sqs", "UntagQueue", { QueueUrl, TagKeys }),
    },
  });
  plan.note({ action: "changed", type: "queue", name, ...session.place, details: [...changed, ...retagged].map(told) });
}
