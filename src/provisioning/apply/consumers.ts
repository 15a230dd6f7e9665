import type { DeclaredStream } from "../world/world.ts";
import type { Plan } from "./plan.ts";
import type { Session } from "./session.ts";

/** Where consumers are planned. */
interface Planning {
  readonly plan: Plan;
  /** Whether the stream is created, too. */
  readonly isNew: boolean;
}

/** Plans the consumers of a stream. AWS: there is nothing of one that could be changed but its tags. */
export async function planConsumers(
  session: Session,
  stream: DeclaredStream,
  { plan, isNew }: Planning,
): Promise<void> {
  if (stream.consumers.length === 0) return;
  const StreamARN = session.arn("kinesis", `stream/${stream.name}`);
  const present = isNew ? [] : await consumersOf(session, StreamARN);
  for (const { name, path, tags } of stream.consumers) {
    const change = { type: "consumer", name: `${stream.name} > ${name}`, ...session.place, details: [] } as const;
    if (present.includes(name)) {
      plan.note({ action: "changed", ...change });
      continue;
    }
    const input = { StreamARN, ConsumerName: name, ...(Object.keys(tags).length > 0 && { Tags: tags }) };
    plan.note({ action: "created", ...change });
    plan.add({
      stage: "connect",
      subject: `consumer ${name} of stream ${stream.name}`,
      path,
      run: () => session.call("kinesis", "RegisterStreamConsumer", input),
      undo: () => session.call("kinesis", "DeregisterStreamConsumer", { StreamARN, ConsumerName: name }),
    });
  }
}

/** The names of a stream's consumers. */
export async function consumersOf(session: Session, StreamARN: string): Promise<readonly string[]> {
  const names: string[] = [];
  let token: string | undefined;
  do {
    const page: { Consumers?: readonly { ConsumerName: string }[]; NextToken?: string } = await session.call(
      "kinesis",
      "ListStreamConsumers",
      { StreamARN, ...(token !== undefined && { NextToken: token }) },
    );
    for (const { ConsumerName } of page.Consumers ?? []) names.push(ConsumerName);
    token = page.NextToken;
  } while (token !== undefined);
  return names;
}
