import { HOUR_MS, LONGEST_RETENTION_MS, SHORTEST_RETENTION_MS } from "../../src/engine/stream/settings.ts";
import { type Shape, type StructureShape, shapeOf } from "../../src/model/shape.ts";
import type { ContractLimits } from "../../src/provisioning/config/config-schema.ts";
import { textOfPattern } from "../../src/service/constraint-wording.ts";
import { createStream } from "../../src/service/kinesis/operations/create-stream.ts";
import { putRecord } from "../../src/service/kinesis/operations/put-record.ts";
import { registerStreamConsumer } from "../../src/service/kinesis/operations/register-stream-consumer.ts";
import { streamModeDetails } from "../../src/service/kinesis/shapes.ts";
import { resourceNameForm } from "../../src/service/resource-name.ts";
import { publish } from "../../src/service/sns/operations/publish.ts";
import { subscriptionAttributes } from "../../src/service/sns/subscription/subscription-attributes.ts";
import { topicAttributes } from "../../src/service/sns/topic/topic-attributes.ts";
import { LONGEST_TOPIC_NAME } from "../../src/service/sns/topic/topic-settings.ts";
import { sendMessage } from "../../src/service/sqs/operations/send-message.ts";
import { LONGEST_QUEUE_NAME } from "../../src/service/sqs/queue/queue-address.ts";
import { queueAttributes } from "../../src/service/sqs/queue/queue-attributes.ts";
import type { ValueRange } from "../../src/service/value-range.ts";

type Schema = Readonly<Record<string, unknown>>;
type Schemas = Readonly<Record<string, Schema>>;

/** What operations say of values, for the JSON Schema of the configuration file. */
export function contractLimits(): ContractLimits {
  const stream = membersOf(createStream.input);
  const queues = ofAttributes(queueAttributes, ({ takes }) => takes);
  return {
    names: {
      queues: { pattern: resourceNameForm(LONGEST_QUEUE_NAME) },
      topics: { pattern: resourceNameForm(LONGEST_TOPIC_NAME) },
      streams: stream.StreamName ?? {},
      consumers: membersOf(registerStreamConsumer.input).ConsumerName ?? {},
    },
    properties: {
      queues,
      topics: ofAttributes(topicAttributes, ({ read }) => read?.takes),
      subscriptions: ofAttributes(subscriptionAttributes, ({ read }) => read?.takes),
      streams: {
        ...stream,
        ...membersOf(streamModeDetails),
        RetentionPeriodHours: { minimum: SHORTEST_RETENTION_MS / HOUR_MS, maximum: LONGEST_RETENTION_MS / HOUR_MS },
      },
    },
    seeds: {
      SendMessage: membersOf(sendMessage.input),
      Publish: membersOf(publish.input),
      PutRecord: membersOf(putRecord.input),
    },
  };
}

function ofAttributes<Row>(rows: ReadonlyMap<string, Row>, takes: (row: Row) => ValueRange | undefined): Schemas {
  return Object.fromEntries(
    [...rows].flatMap(([name, row]) => {
      const range = takes(row);
      return range === undefined ? [] : [[name, schemaOfRange(range)] as const];
    }),
  );
}

/** True and false are no texts in a file. */
function schemaOfRange(range: ValueRange): Schema {
  if (!("values" in range)) return { minimum: range.min, maximum: range.max };
  return range.values.includes("true") ? {} : { enum: range.values };
}

/** The members that are limited in some way. */
function membersOf(shape: StructureShape | undefined): Schemas {
  const limited = Object.entries(shape?.members ?? {}).map(
    ([name, member]) => [name, schemaOf(shapeOf(member))] as const,
  );
  return Object.fromEntries(limited.filter(([, schema]) => Object.keys(schema).length > 0));
}

/** A file may have numbers where texts go, and YAML reads `12` as one; of those lengths and patterns say nothing. */
function schemaOf(shape: Shape): Schema {
  if (shape.kind === "integer" || shape.kind === "long") return defined({ minimum: shape.min, maximum: shape.max });
  if (shape.kind !== "string") return {};
  const { min, max, values, pattern } = shape;
  return defined({
    minLength: min,
    maxLength: max,
    enum: values,
    pattern: pattern && anchored(textOfPattern(pattern)),
  });
}

function anchored(text: string): string {
  return text.startsWith("^") ? text : `^(?:${text})$`;
}

function defined(schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}
