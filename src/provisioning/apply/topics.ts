import type { DeclaredTopic, Texts } from "../world/world.ts";
import { type Difference, differences, told } from "./attributes.ts";
import type { Plan } from "./plan.ts";
import type { Session } from "./session.ts";
import { planSubscriptions } from "./subscriptions.ts";
import { planTags, tagList, tagMap } from "./tags.ts";

/** Plans what has to be done so that the topic and its subscriptions are as declared. */
export async function planTopic(session: Session, topic: DeclaredTopic, plan: Plan): Promise<void> {
  const TopicArn = session.arn("sns", topic.name);
  const found = await session.find<{ readonly Attributes?: Texts }>("sns", "GetTopicAttributes", { TopicArn });
  if (found === undefined) planCreation(session, topic, plan);
  else await planChange(session, topic, { plan, present: found.Attributes ?? {} });
  await planSubscriptions(session, topic, { plan, isNew: found === undefined });
}

function planCreation(session: Session, topic: DeclaredTopic, plan: Plan): void {
  const { name, path, attributes, tags, dataProtectionPolicy, messages } = topic;
  const TopicArn = session.arn("sns", name);
  const input = {
    Name: name,
    Attributes: { ...(name.endsWith(".fifo") && { FifoTopic: "true" }), ...attributes },
    Tags: tagList(tags),
    ...(dataProtectionPolicy !== undefined && { DataProtectionPolicy: dataProtectionPolicy }),
  };
  plan.note({ action: "created", type: "topic", name, ...session.place, details: [] });
  plan.add({
    stage: "create",
    subject: `topic ${name}`,
    path,
    run: () => session.call("sns", "CreateTopic", input),
    undo: () => session.call("sns", "DeleteTopic", { TopicArn }),
  });
  for (const { input: message, path: place } of messages) {
    const publish = () => session.call("sns", "Publish", { TopicArn, ...message });
    plan.add({ stage: "seed", subject: `message to topic ${name}`, path: place, run: publish });
  }
}

async function planChange(
  session: Session,
  topic: DeclaredTopic,
  { plan, present }: { readonly plan: Plan; readonly present: Texts },
): Promise<void> {
  const { name, path, attributes, tags } = topic;
  const TopicArn = session.arn("sns", name);
  const about = { subject: `topic ${name}`, path };
  const changed = differences(attributes, present);
  for (const { name: AttributeName, before = "", after } of changed) {
    const set = (AttributeValue: string) => () =>
      session.call("sns", "SetTopicAttributes", { TopicArn, AttributeName, AttributeValue });
    plan.add({ stage: "change", ...about, run: set(after), undo: set(before) });
  }
  const listed = await session.call<{ Tags?: Parameters<typeof tagMap>[0] }>("sns", "ListTagsForResource", {
    ResourceArn: TopicArn,
  });
  const retagged = planTags(plan, about, {
    declared: tags,
    present: tagMap(listed.Tags),
    operations: {
      set: (after) => session.call("sns", "TagResource", { ResourceArn: TopicArn, Tags: tagList(after) }),
      remove: (TagKeys) => session.call("sns", "UntagResource", { ResourceArn: TopicArn, TagKeys }),
    },
  });
  const protectedAnew = await planProtection(session, topic, plan);
  const details = [...changed, ...protectedAnew, ...retagged].map(told);
  plan.note({ action: "changed", type: "topic", name, ...session.place, details });
}

async function planProtection(session: Session, topic: DeclaredTopic, plan: Plan): Promise<readonly Difference[]> {
  const { name, path, dataProtectionPolicy: declared } = topic;
  if (declared === undefined) return [];
  const ResourceArn = session.arn("sns", name);
  const { DataProtectionPolicy: present = "" } = await session.call<{ DataProtectionPolicy?: string }>(
    "sns",
    "GetDataProtectionPolicy",
    { ResourceArn },
  );
  const changed = differences({ DataProtectionPolicy: declared }, { DataProtectionPolicy: present });
  const put = (DataProtectionPolicy: string) => () =>
    session.call("sns", "PutDataProtectionPolicy", { ResourceArn, DataProtectionPolicy });
  if (changed.length > 0) {
    plan.add({ stage: "change", subject: `topic ${name}`, path, run: put(declared), undo: put(present) });
  }
  return changed;
}
