import { consumersOf } from "../apply/consumers.ts";
import type { Session } from "../apply/session.ts";
import { changeableProperties, presentStream } from "../apply/stream-properties.ts";
import { tagMap } from "../apply/tags.ts";
import { streamProperties } from "../world/properties.ts";
import { declaredTags, declaredValues } from "./declared-values.ts";

interface StreamPage {
  readonly StreamNames: readonly string[];
  readonly HasMoreStreams: boolean;
  readonly NextToken?: string;
}

/** What a file says of the streams of an account and region, and of their consumers, by name. */
export async function exportStreams(session: Session): Promise<object> {
  const exported: Record<string, object> = {};
  for await (const name of session.inTurns(await streamNames(session))) {
    const stream = await presentStream({ session, name });
    if (stream === undefined || stream.StreamStatus === "DELETING") continue;
    const shown = Object.fromEntries(changeableProperties.map((property) => [property.name, property.show(stream)]));
    const { ShardLevelMetrics: metrics = "", ShardCount = "", ...others } = shown;
    const isOnDemand = others.StreamMode === "ON_DEMAND";
    const values = declaredValues(session, { ...others, ...(!isOnDemand && { ShardCount }) }, streamProperties);
    const ResourceARN = session.arn("kinesis", `stream/${name}`);
    const listed = await session.call<{ Tags?: Parameters<typeof tagMap>[0] }>("kinesis", "ListTagsForResource", {
      ResourceARN,
    });
    const consumers = await consumersOf(session, ResourceARN);
    exported[name] = {
      ...values,
      ...(metrics !== "" && { ShardLevelMetrics: metrics.split(",") }),
      ...declaredTags(tagMap(listed.Tags)),
      ...(consumers.length > 0 && { consumers }),
    };
  }
  return exported;
}

/** AWS: pages of streams go on after the last name. */
async function streamNames(session: Session): Promise<readonly string[]> {
  const names: string[] = [];
  for (;;) {
    const last = names.at(-1);
    const page = await session.call<StreamPage>("kinesis", "ListStreams", {
      ...(last !== undefined && { ExclusiveStartStreamName: last }),
    });
    for (const name of page.StreamNames) names.push(name);
    if (!page.HasMoreStreams) return names;
  }
}
