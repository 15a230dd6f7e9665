import { DocumentError, Part } from "../document/part.ts";
import type { DeclaredQueue, DeclaredSubscription, DeclaredTopic, World } from "../world/world.ts";
import { queueNamed, worldOf } from "./queue-of.ts";

/** The environment that goaws takes unless told. */
const USUAL_ENVIRONMENT = "Local";

const COUNTS = ["VisibilityTimeout", "ReceiveMessageWaitTimeSeconds", "MaximumMessageSize", "MessageRetentionPeriod"];

/** What goaws.yaml has beside queues and topics, and what becomes of it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  host: "--host says where to listen",
  port: "--port says where to listen",
  sqsport: "one port serves all",
  snsport: "one port serves all",
  logtofile: "the log goes to standard error",
  enableduplicates: "FIFO queues always deduplicate",
  randomlatency: "faults on purpose are added at /_waystation/faults",
};

/** Reads goaws.yaml: the usual environment, or the first. Throws DocumentError. */
export function readGoaws(root: Part): World {
  const [, environment = root] = root.entries().find(([name]) => name === USUAL_ENVIRONMENT) ?? root.entries()[0] ?? [];
  const account = optional(environment, "AccountId");
  const defaults = attributesOf(field(environment, "QueueAttributeDefaults"));
  const queues = field(environment, "Queues")
    .items()
    .map((part) => readQueue(part, defaults));
  const topics = field(environment, "Topics").items().map(readTopic);
  const named = new Set(queues.map(({ name }) => name));
  const missing = topics.flatMap(({ subscriptions }) =>
    subscriptions.filter(({ protocol, endpoint }) => protocol === "sqs" && !named.has(endpoint)),
  );
  const isAccount = account !== undefined && /^\d{12}$/.test(account);
  const notes = environment.entries().flatMap(([name]) => {
    const text = ELSEWHERE[name.toLowerCase()];
    return text === undefined ? [] : [`${name}: ${text}.`];
  });
  return worldOf({
    account: isAccount ? account : undefined,
    region: optional(environment, "Region"),
    queues: [
      ...queues,
      ...missing.map(({ endpoint, path }) => ({
        ...queueNamed(endpoint, new Part(undefined, path)),
        attributes: defaults,
      })),
    ],
    topics,
    notes:
      account === undefined || isAccount
        ? notes
        : [...notes, `AccountId: an account id has 12 digits; the server's own is taken.`],
  });
}

function readQueue(part: Part, defaults: Readonly<Record<string, string>>): DeclaredQueue {
  const redrive = optional(part, "RedrivePolicy");
  return {
    ...queueNamed(field(part, "Name").text(), part),
    attributes: { ...defaults, ...attributesOf(part), ...(redrive !== undefined && { RedrivePolicy: redrive }) },
  };
}

function readTopic(part: Part): DeclaredTopic {
  return {
    name: field(part, "Name").text(),
    path: part.path,
    attributes: {},
    tags: {},
    dataProtectionPolicy: undefined,
    subscriptions: field(part, "Subscriptions").items().map(readSubscription),
    messages: [],
  };
}

function readSubscription(part: Part): DeclaredSubscription {
  const queue = optional(part, "QueueName");
  const filter = optional(part, "FilterPolicy");
  return {
    protocol: queue === undefined ? field(part, "Protocol").text() : "sqs",
    endpoint: queue ?? field(part, "EndPoint").text(),
    attributes: {
      ...(field(part, "Raw").value === true && { RawMessageDelivery: "true" }),
      ...(filter !== undefined && filter !== "" && { FilterPolicy: filter }),
    },
    path: part.path,
  };
}

/** AWS's names and goaws's are the same; what is no more than 0 is not said. */
function attributesOf(part: Part): Readonly<Record<string, string>> {
  const given = COUNTS.map((name) => [name, optional(part, name)] as const);
  return Object.fromEntries(
    given.filter((entry): entry is [string, string] => entry[1] !== undefined && !/^(-|0*$)/.test(entry[1])),
  );
}

/** A member in whatever case. */
function field(part: Part, name: string): Part {
  if (!part.isEmpty && !part.isObject) throw new DocumentError(`${part.name} must have members`, part.path);
  const found = part.entries().find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found?.[1] ?? part.member(name);
}

function optional(part: Part, name: string): string | undefined {
  return field(part, name).optionalText();
}
