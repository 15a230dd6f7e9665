import type { JsonMap } from "../../template/value.ts";
import { any, createOnly, flag, list, map, required, text, texts, whole } from "../property.ts";
import type { Made, ResourceType } from "../resource-type.ts";
import { systemTags } from "../system-tags.ts";
import { settings } from "./given.ts";
import { retag } from "./retag.ts";

/** What Create and Update both take. */
const SETTINGS = {
  FunctionName: required(text),
  Enabled: flag,
  BatchSize: whole,
  FilterCriteria: map,
  MaximumBatchingWindowInSeconds: whole,
  FunctionResponseTypes: texts,
  ScalingConfig: map,
  ParallelizationFactor: whole,
  MaximumRetryAttempts: whole,
  MaximumRecordAgeInSeconds: whole,
  BisectBatchOnFunctionError: flag,
  TumblingWindowInSeconds: whole,
  DestinationConfig: map,
  KmsKeyArn: text,
  MetricsConfig: map,
  LoggingConfig: map,
  ProvisionedPollerConfig: map,
};

/** What stands for a property that is taken out of a template. */
const WHEN_REMOVED: JsonMap = {
  Enabled: true,
  FilterCriteria: {},
  MaximumBatchingWindowInSeconds: 0,
  FunctionResponseTypes: [],
  ScalingConfig: {},
  ParallelizationFactor: 1,
  MaximumRetryAttempts: -1,
  MaximumRecordAgeInSeconds: -1,
  BisectBatchOnFunctionError: false,
  TumblingWindowInSeconds: 0,
  DestinationConfig: { OnFailure: {} },
  KmsKeyArn: "",
  MetricsConfig: {},
  LoggingConfig: {},
  ProvisionedPollerConfig: {},
};

const NAMES = Object.keys(SETTINGS);

/** AWS::Lambda::EventSourceMapping. Ref returns its UUID. */
export const eventSourceMapping: ResourceType = {
  properties: {
    EventSourceArn: createOnly(text),
    StartingPosition: createOnly(text),
    StartingPositionTimestamp: createOnly(any),
    ...SETTINGS,
    // Of sources that are not there, which the service says.
    Topics: createOnly(texts),
    Queues: createOnly(texts),
    SelfManagedEventSource: createOnly(map),
    AmazonManagedKafkaEventSourceConfig: map,
    SelfManagedKafkaEventSourceConfig: map,
    DocumentDBEventSourceConfig: map,
    SourceAccessConfigurations: list,
    Tags: list,
  },
  attributes: ["Id", "EventSourceMappingArn"],
  identifier: "Id",
  isTagged: true,
  async create(context, { properties, tags }) {
    const input = { ...inWords(properties), Tags: { ...tags, ...systemTags(context) } };
    return madeOf(await context.operate("lambda CreateEventSourceMapping", input));
  },
  async update(context, { physicalId: UUID, attributes, before, after }) {
    const changed = inWords(settings(before.properties, after.properties, WHEN_REMOVED, NAMES));
    await context.operate("lambda UpdateEventSourceMapping", { UUID, ...changed });
    await retag(context, String(attributes.EventSourceMappingArn), { before: before.tags, after: after.tags });
    return { physicalId: UUID, attributes };
  },
  async delete(context, { physicalId: UUID }) {
    await context.operate("lambda DeleteEventSourceMapping", { UUID });
  },
};

function madeOf({ UUID = "", EventSourceMappingArn = "" }: JsonMap): Made {
  return { physicalId: String(UUID), attributes: { Id: UUID, EventSourceMappingArn } };
}

/** CloudFormation spells a key otherwise. */
function inWords({ KmsKeyArn, ...others }: JsonMap): JsonMap {
  return { ...others, ...(KmsKeyArn !== undefined && { KMSKeyArn: KmsKeyArn }) };
}
