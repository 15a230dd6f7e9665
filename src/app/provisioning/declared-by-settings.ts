import { readConfig } from "../../provisioning/config/read-config.ts";
import { Part } from "../../provisioning/document/part.ts";
import { flagOf } from "../settings/setting-table.ts";
import type { Config } from "../settings/settings.ts";
import type { Declaration } from "./declaration.ts";

type OneLiners = Pick<Config, "queues" | "topics" | "subscriptions" | "streams">;

/** What flags and variables declare: `--queues orders,jobs.fifo`. Undefined when that is nothing. */
export function declaredBySettings(given: OneLiners): Declaration | undefined {
  const { queues = [], topics = [], subscriptions = [], streams = [] } = given;
  if (queues.length + topics.length + subscriptions.length + streams.length === 0) return undefined;
  const regions = new Map<string, Record<string, object>>();
  for (const { region, name, properties } of streams.map(streamOf)) {
    regions.set(region, { ...regions.get(region), [name]: properties });
  }
  const { "": own = {}, ...others } = Object.fromEntries(regions);
  const document = {
    queues,
    topics: topicsOf(topics, subscriptions),
    streams: own,
    regions: Object.fromEntries(Object.entries(others).map(([region, inside]) => [region, { streams: inside }])),
  };
  return {
    world: readConfig(new Part(document)),
    placeOf: ([kind]) => (kind === undefined || kind === "regions" ? "--streams" : `--${flagOf(String(kind))}`),
  };
}

function topicsOf(topics: readonly string[], subscriptions: readonly string[]): object {
  const subscribed = new Map<string, string[]>(topics.map((name) => [name, []]));
  for (const text of subscriptions) {
    const at = text.indexOf(">");
    const name = text.slice(0, at);
    subscribed.set(name, [...(subscribed.get(name) ?? []), text.slice(at + 1)]);
  }
  return Object.fromEntries([...subscribed].map(([name, endpoints]) => [name, { subscriptions: endpoints }]));
}

/** `clicks`, `clicks:2`, `clicks:2:eu-west-1`, `clicks::eu-west-1`. */
function streamOf(text: string) {
  const [name = "", count = "", region = ""] = text.split(":");
  return { name, region, properties: count === "" ? {} : { ShardCount: Number(count) } };
}
