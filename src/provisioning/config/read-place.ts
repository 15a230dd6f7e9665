import type { Part } from "../document/part.ts";
import {
  type Properties,
  queueProperties,
  streamProperties,
  subscriptionProperties,
  topicProperties,
} from "../world/properties.ts";
import type {
  DeclaredConsumer,
  DeclaredPlace,
  DeclaredQueue,
  DeclaredStream,
  DeclaredSubscription,
  DeclaredTopic,
  Seed,
  Texts,
} from "../world/world.ts";
import { protocolOf } from "./protocol-of.ts";
import { readFunctionPart } from "./read-function-part.ts";

/** What a file can say of an account and region. */
export const PLACE_MEMBERS = ["queues", "topics", "streams", "functions"] as const;

/** Reads the resources of an account and region. Throws DocumentError. */
export function readPlace(part: Part, account?: string, region?: string): DeclaredPlace {
  return {
    account,
    region,
    queues: named(part.member("queues")).map(readQueue),
    topics: named(part.member("topics")).map(readTopic),
    streams: named(part.member("streams")).map(readStream),
    functions: part.member("functions").entries().map(readFunctionPart),
  };
}

/** Names with what is said of them; nothing has to be, so a list of names will do. */
function named(part: Part): readonly (readonly [string, Part])[] {
  if (!part.isList) return part.entries();
  return part.items().map((item) => [item.text(), item.member("nothing")] as const);
}

function readQueue([name, part]: readonly [string, Part]): DeclaredQueue {
  const messages = seeds(part.member("messages"), "MessageBody");
  return { ...headOf(name, part), attributes: attributesOf(part, queueProperties, ["messages"]), messages };
}

function readTopic([name, part]: readonly [string, Part]): DeclaredTopic {
  const attributes = attributesOf(part, topicProperties, ["subscriptions", "messages"]);
  const { DataProtectionPolicy: dataProtectionPolicy, ...others } = attributes;
  return {
    ...headOf(name, part),
    attributes: others,
    dataProtectionPolicy,
    subscriptions: part.member("subscriptions").items().map(readSubscription),
    messages: seeds(part.member("messages"), "Message"),
  };
}

/** A queue by its name, an ARN, a URL; or one of these as Endpoint, with more to say. */
function readSubscription(part: Part): DeclaredSubscription {
  const endpointPart = part.isObject ? part.member("Endpoint") : part;
  const endpoint = endpointPart.text();
  const protocol = part.member("Protocol").optionalText() ?? protocolOf(endpoint);
  const attributes = part.isObject ? attributesOf(part, subscriptionProperties, ["Endpoint", "Protocol"], false) : {};
  return { protocol, endpoint, attributes, path: part.path };
}

function readStream([name, part]: readonly [string, Part]): DeclaredStream {
  refuseStrangers(part, streamProperties, ["consumers", "records"]);
  const properties = part.entries().filter(([key, value]) => Object.hasOwn(streamProperties, key) && !value.isEmpty);
  return {
    ...headOf(name, part),
    properties: Object.fromEntries(properties.map(([key, value]) => [key, value.value])),
    consumers: named(part.member("consumers")).map(readConsumer),
    records: seeds(part.member("records"), "Data").map(readRecord),
  };
}

function readConsumer([name, part]: readonly [string, Part]): DeclaredConsumer {
  part.only(["Tags"]);
  return headOf(name, part);
}

/** The data of a record is a text here, and bytes there. */
function readRecord({ input, path }: Seed): Seed {
  const { Data, ...others } = input as { readonly Data: unknown };
  const text = typeof Data === "string" ? Data : JSON.stringify(Data ?? "");
  return { input: { PartitionKey: "waystation", ...others, Data: Buffer.from(text) }, path };
}

function headOf(
  name: string,
  part: Part,
): { readonly name: string; readonly path: Part["path"]; readonly tags: Texts } {
  return { name, path: part.path, tags: part.member("Tags").texts() };
}

function attributesOf(part: Part, known: Properties, others: readonly string[], hasTags = true): Texts {
  refuseStrangers(part, known, others, hasTags);
  const given = part.entries().filter(([name, value]) => Object.hasOwn(known, name) && !value.isEmpty);
  return Object.fromEntries(given.map(([name, value]) => [name, value.attribute()]));
}

function refuseStrangers(part: Part, known: Properties, others: readonly string[], hasTags = true): void {
  part.only([...Object.keys(known), ...others, ...(hasTags ? ["Tags"] : [])]);
}

/** What is sent: a text, or all that the operation takes. */
function seeds(part: Part, textMember: string): readonly Seed[] {
  return part.items().map((item) => ({
    input: item.isObject ? (item.value as object) : { [textMember]: item.text() },
    path: item.path,
  }));
}
