import { DiscardedBatches } from "../../../../src/delivery/mapping/stream/discarded-batches.ts";
import { StreamSources } from "../../../../src/delivery/mapping/stream/stream-sources.ts";
import type { BucketPayload } from "../../../../src/delivery/target/bucket-folder.ts";
import type { QueuePayload } from "../../../../src/delivery/target/queue.ts";
import type { TopicPayload } from "../../../../src/delivery/target/topic.ts";
import { delivered } from "../../../../src/delivery/transport/attempt.ts";
import { type Job, settle } from "../../../../src/delivery/transport/job.ts";
import { FunctionNotes } from "../../../../src/engine/function/function-notes.ts";
import type { FunctionAnswer, FunctionCall } from "../../../../src/engine/invocation.ts";
import type { StreamMapping } from "../../../../src/engine/mapping/mapping.ts";
import { CountersByMapping } from "../../../../src/engine/mapping/mapping-counters.ts";
import { ReadingDirectory } from "../../../../src/engine/mapping/stream/reading-directory.ts";
import type { ReadingEvent } from "../../../../src/engine/mapping/stream/reading-event.ts";
import type { NewStream } from "../../../../src/engine/stream/account/streams.ts";
import type { Entry } from "../../../../src/kernel/event/event-log.ts";
import { seededIds } from "../../../../src/kernel/ids.ts";
import { scopeOf } from "../../../../src/kernel/scope.ts";
import {
  ACCOUNT,
  aDirectory,
  create,
  REGION,
  type RuleChanges,
  START,
  type StreamsFixture,
  thisTurn,
} from "../../../support/stream.ts";

export const STREAM_ARN = `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/stream`;
export const FUNCTION_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:f`;
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/run`;
export const SCOPE = scopeOf(ACCOUNT, REGION);
export const UUID = "11111111-1111-4111-8111-111111111111";

/** The event of a batch, as far as tests look. */
export interface BatchEvent {
  readonly Records: readonly {
    readonly kinesis: { readonly sequenceNumber: string; readonly partitionKey: string; readonly data: string };
    readonly eventID: string;
  }[];
  readonly window?: { readonly start: string; readonly end: string };
  readonly state?: Readonly<Record<string, unknown>>;
  readonly isFinalInvokeForWindow?: boolean;
}

/** What a function is called with and how often, and what it says to it. */
export interface ACall extends FunctionCall {
  readonly event: BatchEvent;
  /** What was put, in order. */
  readonly texts: readonly string[];
  readonly signal: AbortSignal;
  /** When it began, in milliseconds after START. */
  readonly atMs: number;
}

/** A value stands for the function's result; `failed` for an exception. */
export type Handler = (call: ACall) => unknown | Promise<unknown>;

const ran = { executedVersion: "$LATEST", log: "" };
export const failed: FunctionAnswer = { type: "failed", payload: '{"errorType":"Error"}', ...ran };
export const throttled: FunctionAnswer = { type: "throttled", reason: "ConcurrentInvocationLimitExceeded" };

export interface MappingWishes {
  readonly mapping?: Partial<StreamMapping>;
  readonly stream?: Partial<NewStream>;
  readonly rules?: RuleChanges;
  readonly handler?: Handler;
}

const KINDS = new Set(["answered", "failed", "throttled", "missing", "unreachable", "stopped"]);

/** A stream that a function is to read, whose answers the test gives. */
export function aMapping({ mapping: wanted, stream: wantedStream, rules, handler = () => null }: MappingWishes = {}) {
  const streams: StreamsFixture = aDirectory(rules);
  const { directory, clock } = streams;
  const stream = create(streams.streams, wantedStream);
  clock.advance(rules?.durations?.creatingMs ?? 0);
  const calls: ACall[] = [];
  const told: { readonly kind: string; readonly receiver: string; readonly text: string; readonly key?: string }[] = [];
  const results: string[] = [];
  const counters = new CountersByMapping();
  const readings = new ReadingDirectory({ clockOf: () => clock });
  const tell = <P>(kind: string, textOf: (payload: P) => string) => ({
    deliver(job: Job<P>) {
      const key = (job.payload as { readonly key?: string }).key;
      told.push({ kind, receiver: job.receiver, text: textOf(job.payload), ...(key && { key }) });
      settle(job, 1, delivered());
    },
  });
  const targets = {
    queue: tell<QueuePayload>("queue", (payload) => {
      const message = payload.messageFor({ isFifo: false });
      return "body" in message ? String(message.body) : message.reason;
    }),
    topic: tell<TopicPayload>("topic", (payload) => payload.notification().message),
    bucket: tell<BucketPayload>("bucket", (payload) => Buffer.from(payload.content()).toString()),
  };
  const undelivered: string[] = [];
  const ids = seededIds("mapping");
  const notes = new FunctionNotes();
  const listeners = new Set<(arn: string) => void>();
  const state = { handler };
  const start = (kept = readings) =>
    new StreamSources({
      clockOf: () => clock,
      ids,
      readings: kept,
      streamOf: (arn) => directory.byArn(arn),
      invoke: async (call, signal) => {
        const event = JSON.parse(call.payload) as BatchEvent;
        const texts = event.Records.map(({ kinesis }) => Buffer.from(kinesis.data, "base64").toString());
        const made = { ...call, event, texts, signal, atMs: clock.now() - START };
        calls.push(made);
        const result = await state.handler(made);
        const { type = "" } = (result ?? {}) as { readonly type?: string };
        if (KINDS.has(type)) return result as FunctionAnswer;
        return { type: "answered", payload: JSON.stringify(result) ?? "null", ...ran };
      },
      roleOf: () => ROLE_ARN,
      countersOf: (_, uuid) => counters.of(uuid),
      processed: (_, __, result) => void results.push(result),
      discarded: new DiscardedBatches({
        ids,
        targets,
        origin: () => "http://localhost",
        undelivered: ({ reason }) => void undelivered.push(reason),
      }),
      notes,
      answered: () => {},
      listenToStreams: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    });
  const sources = start();
  const mapping: StreamMapping = {
    ...{ kind: "stream", uuid: UUID, sourceArn: STREAM_ARN, functionArn: FUNCTION_ARN, isEnabled: true },
    ...{ batchSize: 100, windowMs: 0, filters: [], reportsFailures: false, startingPosition: { type: "LATEST" } },
    ...{
      parallelizationFactor: 1,
      maximumRetryAttempts: -1,
      maximumRecordAgeMs: -1,
      bisects: false,
      tumblingWindowMs: 0,
    },
    ...{ createdAt: START, modifiedAt: START, tags: {}, shown: {}, lastResult: "No records processed" },
    ...wanted,
  };
  sources.set(SCOPE, mapping);
  return {
    ...streams,
    stream,
    mapping,
    sources,
    readings,
    notes,
    calls,
    /** What was told of records that were given up. */
    told,
    undelivered,
    results,
    counters: () => counters.of(UUID),
    /** Changes the mapping. */
    set: (changes: Partial<StreamMapping>) => sources.set(SCOPE, { ...mapping, ...changes }),
    /** Has the function answer otherwise from now on. */
    handle: (next: Handler) => {
      state.handler = next;
    },
    /** Tells those who wait for a stream that there is one. */
    listeners,
    /** Ends the process, and begins another one that goes on with what was kept. */
    restart(now: StreamMapping = mapping) {
      const kept = JSON.parse(JSON.stringify([...readings.entries()])) as Entry<ReadingEvent>[];
      sources.close();
      const next = new ReadingDirectory({ clockOf: () => clock });
      for (const entry of kept) next.replay(entry);
      const restarted = start(next);
      restarted.set(SCOPE, now);
      return restarted;
    },
    /** Moves time on in small steps, in each of which functions answer. */
    async pass(ms: number, stepMs = 500) {
      for (let left = ms; left > 0; left -= stepMs) {
        clock.advance(Math.min(left, stepMs));
        await thisTurn();
      }
    },
    /** The texts of each call so far. */
    texts: () => calls.map(({ texts }) => texts),
  };
}
