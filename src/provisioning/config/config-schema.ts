import {
  type Properties,
  type Property,
  queueProperties,
  streamProperties,
  subscriptionProperties,
  topicProperties,
} from "../world/properties.ts";
import { EVENT_SOURCE_PROPERTIES, FUNCTION_ENDINGS, FUNCTION_NUMBERS, FUNCTION_TEXTS } from "./read-function-part.ts";

type Schema = Readonly<Record<string, unknown>>;

const TAGS: Schema = { type: "object", additionalProperties: { type: ["string", "number", "boolean"] } };
const TEXT: Schema = { type: "string" };

/** What the contracts of operations say of values, as JSON Schema has it. */
export interface ContractLimits {
  /** What queues, topics, streams and consumers can be called. */
  readonly names: Readonly<Record<"queues" | "topics" | "streams" | "consumers", Schema>>;
  /** By kind of resource and property. */
  readonly properties: Readonly<Record<Kind, Readonly<Record<string, Schema>>>>;
  /** Members of what is sent once, by operation. */
  readonly seeds: Readonly<Record<"SendMessage" | "Publish" | "PutRecord", Readonly<Record<string, Schema>>>>;
}

type Kind = "queues" | "topics" | "subscriptions" | "streams";

const PROPERTIES: Readonly<Record<Kind, Properties>> = {
  queues: queueProperties,
  topics: topicProperties,
  subscriptions: subscriptionProperties,
  streams: streamProperties,
};

/** The JSON Schema of `waystation.yaml`, in which editors look things up; `settings` are those of the settings table. */
export function configSchema(settings: Readonly<Record<string, Schema>>, limits: ContractLimits): Schema {
  const { names } = limits;
  const of = (kind: Kind) => propertiesOf(PROPERTIES[kind], limits.properties[kind]);
  const seeds = (operation: keyof ContractLimits["seeds"]) => seedsOf(operation, limits.seeds[operation]);
  const subscriptions = subscriptionsOf(of("subscriptions"));
  const consumers = named(resource({}), names.consumers);
  const place = {
    queues: named(resource({ ...of("queues"), messages: seeds("SendMessage") }), names.queues),
    topics: named(resource({ ...of("topics"), subscriptions, messages: seeds("Publish") }), names.topics),
    functions: functionsByName(),
    streams: named(resource({ ...of("streams"), consumers, records: seeds("PutRecord") }), names.streams),
  };
  const regions = { type: "object", additionalProperties: closed(place), description: "By region." };
  const account = closed({ ...place, regions });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Waystation's configuration file",
    ...closed({
      $schema: TEXT,
      settings: closed(settings),
      ...place,
      regions,
      accounts: { type: "object", patternProperties: { "^\\d{12}$": account }, additionalProperties: false },
    }),
  };
}

function subscriptionsOf(properties: Readonly<Record<string, Schema>>): Schema {
  const one = { ...closed({ Endpoint: TEXT, Protocol: TEXT, ...properties }), required: ["Endpoint"] };
  return {
    type: "array",
    description: "Queues by name, ARNs or URLs; or objects that say more.",
    items: { anyOf: [TEXT, one] },
  };
}

function functionsByName(): Schema {
  const all = (names: readonly string[], schema: Schema) => Object.fromEntries(names.map((name) => [name, schema]));
  const eventSource = closed({ ...all(["queue", "stream", "onFailure"], TEXT), ...all(EVENT_SOURCE_PROPERTIES, {}) });
  const one = closed({
    ...all(FUNCTION_TEXTS, TEXT),
    ...all(FUNCTION_NUMBERS, { type: "integer" }),
    ...all(FUNCTION_ENDINGS, { ...TEXT, description: "A queue by name, or an ARN." }),
    command: { type: "array", items: TEXT },
    attach: { type: ["boolean", "integer"] },
    environment: TAGS,
    eventSources: { type: "array", items: { anyOf: [TEXT, eventSource] } },
  });
  return { type: ["object", "null"], propertyNames: { pattern: "^[\\w-]{1,64}$" }, additionalProperties: one };
}

/** What is sent once: a text, or what the operation takes. */
function seedsOf(operation: string, properties: Readonly<Record<string, Schema>>): Schema {
  return {
    type: "array",
    description: `Sent once, when it is created: texts, or inputs of ${operation}.`,
    items: { type: ["string", "number", "boolean", "object"], properties },
  };
}

/** Resources by name, of which nothing has to be said; or names alone. */
function named(one: Schema, name: Schema): Schema {
  return {
    anyOf: [
      { type: "object", propertyNames: name, additionalProperties: { anyOf: [one, { type: "null" }] } },
      { type: "array", items: { ...TEXT, ...name } },
      { type: "null" },
    ],
  };
}

function resource(properties: Readonly<Record<string, Schema>>): Schema {
  return closed({ ...properties, Tags: TAGS });
}

function propertiesOf(
  properties: Properties,
  limits: Readonly<Record<string, Schema>>,
): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, { ...schemaOf(property), ...limits[name] }]),
  );
}

function schemaOf({ type, about: description }: Property): Schema {
  if (type === "json") return { type: ["object", "string"], description };
  if (type === "list") return { type: "array", items: TEXT, description };
  if (type === "integer") return { type: ["integer", "string"], description };
  return { type, description };
}

function closed(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties, additionalProperties: false };
}
