import { isDeepStrictEqual } from "node:util";
import type { DeclaredEventSource, DeclaredFunction } from "../../world/world.ts";
import type { Plan } from "../plan.ts";
import { nameIn, type Session } from "../session.ts";

/** An event source mapping as AWS shows it, and whether it is enabled, as it is made. */
export type Mapping = Readonly<Record<string, unknown>> & {
  readonly UUID: string;
  readonly EventSourceArn?: string;
  readonly FunctionArn?: string;
  readonly Enabled: boolean;
};

type Shown = Omit<Mapping, "Enabled"> & { readonly UUID: string };

/** What a mapping keeps for good. */
const FIXED = ["StartingPosition", "StartingPositionTimestamp"];

/** Plans the event source mappings of a function, of which there is one for a source. */
export async function planEventSources(session: Session, declared: DeclaredFunction, plan: Plan): Promise<void> {
  if (declared.eventSources.length === 0) return;
  const present = await mappingsOf(session, declared.name);
  for (const source of declared.eventSources) {
    const arn = arnOf(session, source);
    const input = withDefaults(session, source);
    const about = { subject: `event source ${nameIn(arn)} of function ${declared.name}`, path: source.path };
    const note = { type: "event source", name: `${nameIn(arn)} > ${declared.name}`, ...session.place } as const;
    const found = present.find(({ EventSourceArn }) => EventSourceArn === arn);
    if (found !== undefined) {
      const changed = Object.keys(input).filter(
        (name) => !FIXED.includes(name) && !isDeepStrictEqual(found[name], input[name]),
      );
      plan.note({ action: "changed", ...note, details: changed });
      if (changed.length === 0) continue;
      const set = (from: Readonly<Record<string, unknown>>) => () =>
        session.call("lambda", "UpdateEventSourceMapping", {
          UUID: found.UUID,
          ...Object.fromEntries(changed.map((name) => [name, from[name]])),
        });
      plan.add({ stage: "connect", ...about, run: set(input), undo: set(found) });
      continue;
    }
    plan.note({ action: "created", ...note, details: [] });
    let uuid: string | undefined;
    plan.add({
      stage: "connect",
      ...about,
      async run() {
        const mapping = { FunctionName: declared.name, EventSourceArn: arn, ...input };
        uuid = (await session.call<Mapping>("lambda", "CreateEventSourceMapping", mapping)).UUID;
      },
      undo: () => session.call("lambda", "DeleteEventSourceMapping", { UUID: uuid }),
    });
  }
}

/** All mappings of a function, of its versions and aliases as well. */
export async function mappingsOf(session: Session, FunctionName: string): Promise<readonly Mapping[]> {
  const all: Mapping[] = [];
  let marker: string | undefined;
  do {
    const page: { EventSourceMappings?: readonly Shown[]; NextMarker?: string } = await session.call(
      "lambda",
      "ListEventSourceMappings",
      { FunctionName, ...(marker !== undefined && { Marker: marker }) },
    );
    for (const mapping of page.EventSourceMappings ?? []) {
      all.push({ ...mapping, Enabled: !/^Disabl/.test(String(mapping.State)) });
    }
    marker = page.NextMarker;
  } while (marker !== undefined);
  return all;
}

function arnOf(session: Session, { kind, source }: DeclaredEventSource): string {
  return kind === "stream" && !source.startsWith("arn:")
    ? session.arn("kinesis", `stream/${source}`)
    : session.arn("sqs", source);
}

/** A stream is read from its beginning unless it is said from where; a queue may stand by its name as destination. */
function withDefaults(
  session: Session,
  { kind, source, properties }: DeclaredEventSource,
): Readonly<Record<string, unknown>> {
  const isStream = kind === "stream" || /^arn:[\w-]+:kinesis:/.test(source);
  const { onFailure, ...others } = properties;
  return {
    ...(isStream && { StartingPosition: "TRIM_HORIZON" }),
    ...others,
    ...(typeof onFailure === "string" && {
      DestinationConfig: { OnFailure: { Destination: session.arn("sqs", onFailure) } },
    }),
  };
}
