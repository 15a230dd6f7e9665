import {
  type Properties,
  type Property,
  queueProperties,
  streamProperties,
  subscriptionProperties,
  topicProperties,
} from "../world/properties.ts";

type Schema = Readonly<Record<string, unknown>>;

const TAGS: Schema = { type: "object", additionalProperties: { type: ["string", "number", "boolean"] } };
const TEXT: Schema = { type: "string" };

/** The JSON Schema of `waystation.yaml`, in which editors look things up; `settings` are those of the settings table. */
export function configSchema(settings: Readonly<Record<string, Schema>>): Schema {
  const place = {
    queues: named(resource(queueProperties, { messages: seeds("SendMessage") })),
    topics: named(resource(topicProperties, { subscriptions: SUBSCRIPTIONS, messages: seeds("Publish") })),
    streams: named(resource(streamProperties, { consumers: named(resource({}, {})), records: seeds("PutRecord") })),
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

const SUBSCRIPTIONS: Schema = {
  type: "array",
  description: "Queues by name, ARNs or URLs; or objects that say more.",
  items: {
    anyOf: [
      TEXT,
      {
        ...closed({ Endpoint: TEXT, Protocol: TEXT, ...propertiesOf(subscriptionProperties) }),
        required: ["Endpoint"],
      },
    ],
  },
};

/** What is sent once: a text, or what the operation takes. */
function seeds(operation: string): Schema {
  return {
    type: "array",
    description: `Sent once, when it is created: texts, or inputs of ${operation}.`,
    items: { type: ["string", "number", "boolean", "object"] },
  };
}

/** Resources by name, of which nothing has to be said; or names alone. */
function named(one: Schema): Schema {
  return {
    anyOf: [
      { type: "object", additionalProperties: { anyOf: [one, { type: "null" }] } },
      { type: "array", items: TEXT },
      { type: "null" },
    ],
  };
}

function resource(properties: Properties, others: Readonly<Record<string, Schema>>): Schema {
  return closed({ ...propertiesOf(properties), Tags: TAGS, ...others });
}

function propertiesOf(properties: Properties): Readonly<Record<string, Schema>> {
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, schemaOf(property)]));
}

function schemaOf({ type, about: description, min, max, values }: Property): Schema {
  if (type === "json") return { type: ["object", "string"], description };
  if (type === "list") return { type: "array", items: TEXT, description };
  if (type === "integer") return { type: ["integer", "string"], minimum: min, maximum: max, description };
  return { type, enum: values, description };
}

function closed(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties, additionalProperties: false };
}
