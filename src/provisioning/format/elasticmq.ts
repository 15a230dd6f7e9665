import type { Part } from "../document/part.ts";
import type { DeclaredQueue, World } from "../world/world.ts";
import { queueNamed, worldOf } from "./queue-of.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** Properties of ElasticMQ's queues that say when something happens. */
const DURATIONS = {
  defaultVisibilityTimeout: "VisibilityTimeout",
  delay: "DelaySeconds",
  receiveMessageWait: "ReceiveMessageWaitTimeSeconds",
} as const;

/** What elasticmq.conf has beside queues, and what becomes of it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "auto-create-queues": "queues are created by who needs them, or declared",
  "queues-storage": "nothing is kept over a restart",
  "messages-storage": "nothing is kept over a restart",
  "rest-sqs": "--host and --port say where to listen",
  "node-address": "queue URLs are those under which a caller reaches the server",
  "generate-node-address": "queue URLs are those under which a caller reaches the server",
};

/** Reads elasticmq.conf, which is HOCON. Throws DocumentError. */
export function readElasticMq(root: Part): World {
  const queues = root.member("queues").entries();
  const notes = root
    .entries()
    .flatMap(([name]) => (ELSEWHERE[name] === undefined ? [] : [`${name}: ${ELSEWHERE[name]}.`]));
  const tapped = queues.flatMap(([name, part]) =>
    ["copyTo", "moveTo"]
      .filter((key) => !part.member(key).isEmpty)
      .map((key) => `queues.${name}.${key}: there is no such thing on AWS.`),
  );
  const { aws } = { aws: root.member("aws") };
  return worldOf({
    account: aws.member("accountId").optionalText(),
    region: aws.member("region").optionalText(),
    queues: queues.map(readQueue),
    notes: [...notes, ...tapped],
  });
}

function readQueue([name, part]: readonly [string, Part]): DeclaredQueue {
  const isFifo = part.member("fifo").value === true || name.endsWith(".fifo");
  const durations = Object.entries(DURATIONS).flatMap(([theirs, ours]) => {
    const value = part.member(theirs);
    return value.isEmpty ? [] : [[ours, secondsOf(value)] as const];
  });
  const dead = part.member("deadLettersQueue");
  const redrive = {
    deadLetterTargetArn: dead.member("name").value,
    maxReceiveCount: dead.member("maxReceiveCount").value,
  };
  return {
    ...queueNamed(isFifo && !name.endsWith(".fifo") ? `${name}.fifo` : name, part),
    attributes: {
      ...Object.fromEntries(durations),
      ...(part.member("contentBasedDeduplication").value === true && { ContentBasedDeduplication: "true" }),
      ...(!dead.isEmpty && { RedrivePolicy: JSON.stringify(redrive) }),
    },
    tags: part.member("tags").texts(),
  };
}

/** `10 seconds`, `500 ms`; a bare number is milliseconds. AWS: whole seconds. */
function secondsOf(part: Part): string {
  const text = part.text();
  const [, count = "", unit = ""] = /^(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]*)$/i.exec(text) ?? [];
  const seconds =
    unit === "" ? UNITS.ms : UNITS[unit === "ms" || unit.startsWith("milli") ? "ms" : unit.charAt(0).toLowerCase()];
  if (count === "" || seconds === undefined) throw part.error(`${part.name} is no duration such as 10 seconds`);
  return String(Math.floor(Number(count) * seconds));
}
