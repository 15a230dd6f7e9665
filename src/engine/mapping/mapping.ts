import { formatArn } from "../../kernel/arn.ts";
import type { Scope } from "../../kernel/scope.ts";

/** What JSON can say. */
type Plain = string | number | boolean | null | readonly Plain[] | PlainMap;
export type PlainMap = { readonly [key: string]: Plain };

export type Tags = Readonly<Record<string, string>>;

/** What an event source mapping is set to, whatever its source. */
export interface MappingSettings {
  /** As the caller qualified it: of the function, of a version or of an alias. */
  readonly functionArn: string;
  readonly isEnabled: boolean;
  /** Records of a batch, at most. */
  readonly batchSize: number;
  /** How long records are collected for a batch; 0 when they are not. */
  readonly windowMs: number;
  /** Patterns, one of which has to accept a record; none when every record is wanted. */
  readonly filters: readonly string[];
  /** Whether the function says which records of a batch failed: ReportBatchItemFailures. */
  readonly reportsFailures: boolean;
  /** What makes no difference here and is shown as it was given, under AWS's names. */
  readonly shown: PlainMap;
}

/** How messages of a queue are given to a function. */
export interface QueueSettings extends MappingSettings {
  readonly kind: "queue";
  /** Invocations at a time, at most; a bound of the source's own unless given. */
  readonly maximumConcurrency?: number;
}

/** How records of a stream are given to a function. */
export interface StreamSettings extends MappingSettings {
  readonly kind: "stream";
  readonly startingPosition: StartingPosition;
  /** Invocations of a shard at a time. */
  readonly parallelizationFactor: number;
  /** After the first attempt; -1 for as many as there are until the records expire. */
  readonly maximumRetryAttempts: number;
  /** -1 for as old as they get. */
  readonly maximumRecordAgeMs: number;
  /** Whether a batch that failed is cut in two. */
  readonly bisects: boolean;
  /** 0 for none. */
  readonly tumblingWindowMs: number;
  /** ARN of a queue, topic or bucket that is told of records that were given up. */
  readonly onFailureArn?: string;
}

/** Where a new mapping begins to read a shard. The instant in epoch milliseconds. */
export type StartingPosition =
  | { readonly type: "LATEST" | "TRIM_HORIZON" }
  | { readonly type: "AT_TIMESTAMP"; readonly timestamp: number };

/** Who a mapping is, and what became of it. Instants in epoch milliseconds. */
interface Identified {
  readonly uuid: string;
  /** Of a queue, a stream or a consumer of one. */
  readonly sourceArn: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly tags: Tags;
}

export type QueueMapping = Identified & QueueSettings;

export type StreamMapping = Identified &
  StreamSettings & {
    /** What became of the batch before, in AWS's words. */
    readonly lastResult: string;
  };

/** Has a function invoked with what is in a queue or stream. */
export type EventSourceMapping = QueueMapping | StreamMapping;

/** AWS: of a mapping that has not read anything. */
export const NOTHING_PROCESSED = "No records processed";

export function mappingArn(scope: Scope, uuid: string): string {
  return formatArn("lambda", scope, `event-source-mapping:${uuid}`);
}
