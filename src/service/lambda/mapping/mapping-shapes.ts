import { boolean, integer, list, map, string, structure, timestamp } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { arnOrNothing, destination, readName, sourceArn } from "../shapes.ts";

const uri = string({ min: 1, max: 200, pattern: pattern("[a-zA-Z0-9-\\/*:_+=.@-]*") });

const sourceAccess = structure({
  Type: string({
    values: [
      "BASIC_AUTH",
      "VPC_SUBNET",
      "VPC_SECURITY_GROUP",
      "SASL_SCRAM_512_AUTH",
      "SASL_SCRAM_256_AUTH",
      "VIRTUAL_HOST",
      "CLIENT_CERTIFICATE_TLS_AUTH",
      "SERVER_ROOT_CA_CERTIFICATE",
    ],
  }),
  URI: uri,
});

const kafkaConfig = structure({
  ConsumerGroupId: uri,
  SchemaRegistryConfig: structure({
    SchemaRegistryURI: string({ min: 1, max: 10_000, pattern: pattern("[a-zA-Z0-9-\\/*:_+=.@-]*") }),
    EventRecordFormat: string({ values: ["JSON", "SOURCE"] }),
    AccessConfigs: list(
      structure({
        Type: string({ values: ["BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH", "SERVER_ROOT_CA_CERTIFICATE"] }),
        URI: sourceArn,
      }),
    ),
    SchemaValidationConfigs: list(structure({ Attribute: string({ values: ["KEY", "VALUE"] }) })),
  }),
});

const endpoint = string({
  min: 1,
  max: 300,
  pattern: pattern(
    "(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\\-]*[a-zA-Z0-9])\\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9\\-]*[A-Za-z0-9]):[0-9]{1,5}",
  ),
});

/** What names or sets a source of another kind than queues and streams, and changes after it was made. */
const changeableStrangers = {
  SourceAccessConfigurations: list(sourceAccess, { min: 0, max: 22 }),
  AmazonManagedKafkaEventSourceConfig: kafkaConfig,
  SelfManagedKafkaEventSourceConfig: kafkaConfig,
  DocumentDBEventSourceConfig: structure({
    DatabaseName: string({ min: 1, max: 63, pattern: pattern("[^ /\\.$\\x22]*") }),
    CollectionName: string({ min: 1, max: 57, pattern: pattern("(^(?!(system\\x2e)))(^[_a-zA-Z0-9])([^$]*)") }),
    FullDocument: string({ values: ["UpdateLookup", "Default"] }),
  }),
};

/** The same that does not. */
const fixedStrangers = {
  Topics: list(string({ min: 1, max: 249, pattern: pattern("[^.]([a-zA-Z0-9\\-_.]+)") }), { min: 1, max: 1 }),
  Queues: list(string({ min: 1, max: 1000, pattern: pattern("[\\s\\S]*") }), { min: 1, max: 1 }),
  SelfManagedEventSource: structure({
    Endpoints: map(list(endpoint, { min: 1, max: 10 }), {
      key: string({ values: ["KAFKA_BOOTSTRAP_SERVERS"] }),
      min: 1,
      max: 2,
    }),
  }),
};

const destinationConfig = structure({
  OnSuccess: structure({ Destination: destination }),
  OnFailure: structure({ Destination: destination }),
});

/** How old a record may be set to get at most. */
export const MOST_AGE_SECONDS = 604_800;

/** What a mapping is set to, as requests and answers have it. */
const settings = {
  BatchSize: integer({ min: 1, max: 10_000 }),
  FilterCriteria: structure({
    Filters: list(structure({ Pattern: string({ min: 0, max: 4096, pattern: pattern(".*") }) })),
  }),
  MaximumBatchingWindowInSeconds: integer({ min: 0, max: 300 }),
  DestinationConfig: destinationConfig,
  MaximumRecordAgeInSeconds: integer({ min: -1, max: MOST_AGE_SECONDS }),
  BisectBatchOnFunctionError: boolean(),
  MaximumRetryAttempts: integer({ min: -1, max: 10_000 }),
  ParallelizationFactor: integer({ min: 1, max: 10 }),
  TumblingWindowInSeconds: integer({ min: 0, max: 900 }),
  FunctionResponseTypes: list(string({ values: ["ReportBatchItemFailures"] }), { min: 0, max: 1 }),
  ScalingConfig: structure({ MaximumConcurrency: integer({ min: 2, max: 1000 }) }),
  KMSKeyArn: arnOrNothing,
  MetricsConfig: structure({
    Metrics: list(string({ values: ["EventCount", "ErrorCount", "KafkaMetrics"] }), { min: 0, max: 3 }),
  }),
  LoggingConfig: structure({ SystemLogLevel: string({ values: ["DEBUG", "INFO", "WARN"] }) }),
  ProvisionedPollerConfig: structure({
    MinimumPollers: integer({ min: 1, max: 200 }),
    MaximumPollers: integer({ min: 1, max: 2000 }),
    PollerGroupName: string({ min: 0, max: 128, pattern: pattern("[a-zA-Z0-9-_]*") }),
  }),
  ...changeableStrangers,
};

const position = {
  // AWS: shows them in this order.
  StartingPosition: string({ values: ["LATEST", "AT_TIMESTAMP", "TRIM_HORIZON"] }),
  StartingPositionTimestamp: timestamp(),
};

/** What UpdateEventSourceMapping takes beside the UUID. */
export const mappingChange = { FunctionName: readName, Enabled: boolean(), ...settings };

/** What only CreateEventSourceMapping takes. */
export const mappingOrigin = { EventSourceArn: sourceArn, ...position, ...fixedStrangers };

/** A mapping as answers show it. */
export const mappingAnswer = structure({
  UUID: string(),
  ...position,
  ...settings,
  ...fixedStrangers,
  EventSourceArn: sourceArn,
  FunctionArn: string(),
  LastModified: timestamp(),
  LastProcessingResult: string(),
  State: string(),
  StateTransitionReason: string(),
  FilterCriteriaError: structure({ ErrorCode: string(), Message: string() }),
  EventSourceMappingArn: string(),
});

/** The names of what belongs to sources that are not there. */
export const STRANGERS: readonly string[] = [...Object.keys(changeableStrangers), ...Object.keys(fixedStrangers)];

/** What holds for requests that set a mapping. */
export const mappingGaps = [
  "Event sources are queues of Amazon SQS and streams of Amazon Kinesis with their consumers; others are refused.",
  "Without a MaximumConcurrency a function is invoked with 32 batches of a queue at a time at most.",
  "Reading a stream uses up none of its throughput, and takes no subscription of the consumer whose ARN is the source.",
  "A batch of a stream is tried again after 0.5 s, then after twice as long each time, up to a minute; AWS does not say how long it waits.",
  "LastProcessingResult has words of its own for problems other than that the function failed.",
  "A number in a filter equals another spelling of it, as in the engine of rules that AWS publishes.",
  "Keys, metrics and provisioned pollers are kept and shown, and make no difference.",
  "A change is done by the time it is answered; the state in the answer is that of a change under way.",
];
