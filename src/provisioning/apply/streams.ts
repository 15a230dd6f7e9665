import type { DeclaredStream } from "../world/world.ts";
import { differences, told } from "./attributes.ts";
import { planConsumers } from "./consumers.ts";
import type { Plan } from "./plan.ts";
import type { Session } from "./session.ts";
import {
  changeableProperties,
  type PresentStream,
  presentStream,
  textOfProperty,
  untilActive,
} from "./stream-properties.ts";
import { planTags, tagMap } from "./tags.ts";

/** What CreateStream itself takes; the rest is set once the stream is active. */
const TAKEN_AT_CREATION = ["ShardCount", "StreamMode", "MaxRecordSizeInKiB", "WarmThroughputMiBps"];

/** Plans what has to be done so that the stream and its consumers are as declared. */
export async function planStream(session: Session, stream: DeclaredStream, plan: Plan): Promise<void> {
  const present = await presentStream({ session, name: stream.name });
  if (present === undefined) planCreation(session, stream, plan);
  else await planChange(session, stream, { plan, present });
  await planConsumers(session, stream, { plan, isNew: present === undefined });
}

function planCreation(session: Session, stream: DeclaredStream, plan: Plan): void {
  const { name, path, properties, records } = stream;
  const about = { subject: `stream ${name}`, path };
  const subject = { session, name };
  plan.note({ action: "created", type: "stream", name, ...session.place, details: [] });
  plan.add({
    stage: "create",
    ...about,
    run: () => session.call("kinesis", "CreateStream", creationOf(stream)),
    undo: () => session.call("kinesis", "DeleteStream", { StreamName: name, EnforceConsumerDeletion: true }),
  });
  const later = changeableProperties.filter(
    (property) => Object.hasOwn(properties, property.name) && !TAKEN_AT_CREATION.includes(property.name),
  );
  const run = async (): Promise<void> => {
    await untilActive(subject);
    for (const property of later) {
      const before = property.show((await presentStream(subject)) as PresentStream);
      const after = textOfProperty(properties[property.name]);
      if (before !== after) await property.change(subject, before, after);
      await untilActive(subject);
    }
  };
  plan.add({ stage: "change", ...about, run });
  for (const { input, path: place } of records) {
    const put = () => session.call("kinesis", "PutRecord", { StreamName: name, ...input });
    plan.add({ stage: "seed", subject: `record to stream ${name}`, path: place, run: put });
  }
}

/** A stream of which nothing is said has one shard, as CloudFormation has it. */
function creationOf({ name, properties, tags }: DeclaredStream): object {
  const { ShardCount, StreamMode, MaxRecordSizeInKiB, WarmThroughputMiBps } = properties;
  const isOnDemand = StreamMode === "ON_DEMAND";
  return {
    StreamName: name,
    ...(StreamMode !== undefined && { StreamModeDetails: { StreamMode } }),
    ...(ShardCount !== undefined && { ShardCount }),
    ...(ShardCount === undefined && !isOnDemand && { ShardCount: 1 }),
    ...(MaxRecordSizeInKiB !== undefined && { MaxRecordSizeInKiB }),
    ...(WarmThroughputMiBps !== undefined && { WarmThroughputMiBps }),
    ...(Object.keys(tags).length > 0 && { Tags: tags }),
  };
}

async function planChange(
  session: Session,
  { name, path, properties, tags }: DeclaredStream,
  { plan, present }: { readonly plan: Plan; readonly present: PresentStream },
): Promise<void> {
  const about = { subject: `stream ${name}`, path };
  const subject = { session, name };
  const known = changeableProperties.filter((property) => Object.hasOwn(properties, property.name));
  const changed = differences(
    Object.fromEntries(known.map((property) => [property.name, textOfProperty(properties[property.name])])),
    Object.fromEntries(known.map((property) => [property.name, property.show(present)])),
  );
  for (const property of known) {
    const difference = changed.find((one) => one.name === property.name);
    if (difference === undefined) continue;
    const { before = "", after } = difference;
    const take = async (from: string, to: string): Promise<void> => {
      await untilActive(subject);
      await property.change(subject, from, to);
      await untilActive(subject);
    };
    plan.add({ stage: "change", ...about, run: () => take(before, after), undo: () => take(after, before) });
  }
  const ResourceARN = session.arn("kinesis", `stream/${name}`);
  const listed =
    Object.keys(tags).length === 0
      ? {}
      : await session.call<{ Tags?: Parameters<typeof tagMap>[0] }>("kinesis", "ListTagsForResource", { ResourceARN });
  const retagged = planTags(plan, about, {
    declared: tags,
    present: tagMap(listed.Tags),
    operations: {
      set: (Tags) => session.call("kinesis", "TagResource", { ResourceARN, Tags }),
      remove: (TagKeys) => session.call("kinesis", "UntagResource", { ResourceARN, TagKeys }),
    },
  });
  plan.note({
    action: "changed",
    type: "stream",
    name,
    ...session.place,
    details: [...changed, ...retagged].map(told),
  });
}
