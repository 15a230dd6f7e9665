import type { Part } from "../document/part.ts";
import type { DeclaredPlace, DeclaredTopic, World } from "../world/world.ts";
import { queueNamed } from "./queue-of.ts";

/** Reads the init file of fauxqs. Throws DocumentError. */
export function readFauxqs(root: Part): World {
  root.only(["$schema", "region", "queues", "topics", "subscriptions", "buckets"]);
  const usual = root.member("region").optionalText();
  const regionOf = (part: Part) => part.member("region").optionalText() ?? usual;
  const all = ["queues", "topics", "subscriptions"].flatMap((name) => root.member(name).items());
  const regions = new Set(all.map(regionOf));
  const places = [...regions].map((region): DeclaredPlace => {
    const here = (name: string) =>
      root
        .member(name)
        .items()
        .filter((part) => regionOf(part) === region);
    const queues = here("queues").map((part) => ({
      ...queueNamed(part.member("name").text(), part),
      attributes: part.member("attributes").texts(),
      tags: part.member("tags").texts(),
    }));
    return {
      account: undefined,
      region,
      queues,
      topics: topicsOf(here("topics"), here("subscriptions")),
      streams: [],
      functions: [],
    };
  });
  const buckets = root.member("buckets").items();
  return {
    settings: [],
    places,
    notes: buckets.length > 0 ? ["buckets: S3 takes assets of deployments here, and none is made beforehand."] : [],
  };
}

function topicsOf(topics: readonly Part[], subscriptions: readonly Part[]): readonly DeclaredTopic[] {
  const names = topics.map((part) => part.member("name").text());
  const stray = subscriptions.find((part) => !names.includes(part.member("topic").text()));
  if (stray !== undefined) throw stray.error(`there is no topic ${stray.member("topic").text()}`);
  return topics.map((part, index) => ({
    name: names[index] ?? "",
    path: part.path,
    attributes: part.member("attributes").texts(),
    tags: part.member("tags").texts(),
    dataProtectionPolicy: undefined,
    subscriptions: subscriptions
      .filter((subscription) => subscription.member("topic").text() === names[index])
      .map((subscription) => ({
        protocol: "sqs",
        endpoint: subscription.member("queue").text(),
        attributes: subscription.member("attributes").texts(),
        path: subscription.path,
      })),
    messages: [],
  }));
}
