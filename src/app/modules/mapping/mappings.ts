import type { QueueSources } from "../../../delivery/mapping/queue/queue-sources.ts";
import type { StreamSources } from "../../../delivery/mapping/stream/stream-sources.ts";
import type { TargetRoom } from "../../../delivery/target/targets.ts";
import type { FunctionDirectory } from "../../../engine/function/function-directory.ts";
import type { FunctionNotes } from "../../../engine/function/function-notes.ts";
import type { InvokeFunction } from "../../../engine/invocation.ts";
import type { EventSourceMapping } from "../../../engine/mapping/mapping.ts";
import { MappingDirectory } from "../../../engine/mapping/mapping-directory.ts";
import type { MappingDue } from "../../../engine/mapping/mapping-due.ts";
import type { MappingWatcher } from "../../../engine/mapping/mappings.ts";
import { ReadingDirectory } from "../../../engine/mapping/stream/reading-directory.ts";
import type { QueueDirectory } from "../../../engine/queue/queue-directory.ts";
import type { StreamDirectory } from "../../../engine/stream/account/stream-directory.ts";
import { lazily } from "../../../kernel/load/late-package.ts";
import { type Scope, scopeKey } from "../../../kernel/scope.ts";
import type { LambdaDeps } from "../../../service/lambda/operation.ts";
import type { ModuleDeps } from "../module.ts";
import { functionSettings } from "./function-settings.ts";
import { openStreamSources } from "./stream-mappings.ts";

/** What event source mappings read. */
export interface Sources {
  readonly queues: QueueDirectory;
  readonly streams: StreamDirectory;
}

/** What they have invoked. */
interface Targets {
  readonly functions: FunctionDirectory;
  readonly invoke: InvokeFunction;
  /** Where word of discarded records goes. */
  readonly targets: TargetRoom["targets"];
  readonly notes: FunctionNotes;
}

/** Event source mappings, and what their operations have to know of sources. */
export interface MappingRoom extends Pick<LambdaDeps, "mappings" | "eventSources"> {
  /** How far those have come that read streams. */
  readonly readings: ReadingDirectory;
  /** What they do by time alone. */
  readonly later: MappingsLater;
  /** Loads what reads for them, so that a new one works in the turn in which it is made. */
  load(): Promise<unknown>;
  /** Gives up what is read and invoked. */
  close(): void;
}

/** What event source mappings do by time alone. Looks at each of them. */
interface MappingsLater {
  /** With what is of an account, by source and the first first. To be read while nothing happens. */
  due(account: string): Iterable<Iterable<MappingDue>>;
  /** How many lanes of streams of an account, or of all, call their function or wait for their instant. */
  lanes(account?: string): number;
}

/** Builds event source mappings on what they read. What reads is loaded with the first of them. */
export function createMappings(deps: ModuleDeps, sources: Sources, targets: Targets): MappingRoom {
  const { clockOf, ids, logs, work } = deps;
  const { queues, streams } = sources;
  const readings = new ReadingDirectory({ clockOf, logs: logs.part("lambda") });
  const readers = new LateReaders({
    readings,
    async open() {
      const [queue, stream] = await Promise.all([
        openQueueSources(deps, sources, targets, mappings),
        openStreamSources(deps, { ...sources, ...targets, mappings, readings }),
      ]);
      return { queue, stream };
    },
    hold: (account) => work.begin(account, "mapping"),
  });
  const mappings: MappingDirectory = new MappingDirectory({
    clockOf,
    ids,
    logs: logs.part("lambda"),
    watcher: readers,
  });
  return {
    mappings,
    readings,
    eventSources: {
      queue: (arn) => queues.byArn(arn)?.settings,
      hasStream: (arn) => (streams.byArn(arn) ?? streams.consumerByArn(arn)) !== undefined,
    },
    later: readers,
    load: () => readers.load(),
    close: () => readers.close(),
  };
}

/** What reads sources, by their kind. */
interface Readers {
  readonly queue: QueueSources;
  readonly stream: StreamSources;
}

async function openQueueSources(
  { clockOf, ids, log }: ModuleDeps,
  { queues }: Sources,
  { functions, invoke, notes }: Targets,
  mappings: MappingDirectory,
): Promise<QueueSources> {
  const [{ QueueSources }, { formatReceiptHandle }, { md5OfAttributes }] = await Promise.all([
    import("../../../delivery/mapping/queue/queue-sources.ts"),
    import("../../../service/sqs/message/receipt-handle.ts"),
    import("../../../service/sqs/message/message-content.ts"),
  ]);
  return new QueueSources({
    clockOf,
    ids,
    invoke,
    queueOf: (arn) => queues.byArn(arn),
    follow: (arn, follower) => queues.follow(arn, follower),
    timeoutMsOf: (arn) => functionSettings(functions, arn)?.timeoutMs,
    notes,
    wire: { receiptHandle: formatReceiptHandle, md5OfAttributes },
    warn: (fields, text) => log.log("warn", fields, text),
    countersOf: (scope, uuid) => mappings.in(scope).counters(uuid),
  });
}

/** What late readers are given at construction. */
interface LateReadersDeps {
  readonly readings: ReadingDirectory;
  readonly open: () => Promise<Readers>;
  /** Counts as work of an account that something is not read for yet, until the answer is called. */
  readonly hold: (account: string) => () => void;
}

/** A mapping that nothing reads for yet. */
interface Unread {
  readonly scope: Scope;
  readonly mapping: EventSourceMapping;
  readonly release: () => void;
}

/** Has mappings read for as soon as what reads is loaded, which the first of them does. */
class LateReaders implements MappingWatcher, MappingsLater {
  readonly load: () => Promise<Readers>;
  readonly #deps: LateReadersDeps;
  readonly #unread = new Map<string, Unread>();
  #readers: Readers | undefined;
  #isClosed = false;

  constructor(deps: LateReadersDeps) {
    this.#deps = deps;
    this.load = lazily(async () => {
      this.#readers = await deps.open();
      for (const { scope, mapping } of this.#unread.values()) this.set(scope, mapping);
      this.#forget(this.#unread.keys());
      return this.#readers;
    });
  }

  set(scope: Scope, mapping: EventSourceMapping): void {
    if (this.#isClosed) return;
    if (this.#readers !== undefined) {
      if (mapping.kind === "queue") this.#readers.queue.set(scope, mapping);
      else this.#readers.stream.set(scope, mapping);
      return;
    }
    const key = keyOf(scope, mapping.uuid);
    const { release = this.#deps.hold(scope.account) } = this.#unread.get(key) ?? {};
    this.#unread.set(key, { scope, mapping, release });
    void this.load();
  }

  gone(scope: Scope, uuid: string, isForgotten?: "forgotten"): void {
    this.#forget([keyOf(scope, uuid)]);
    this.#readers?.queue.gone(scope, uuid, isForgotten);
    this.#readers?.stream.gone(scope, uuid);
    this.#deps.readings.in(scope).forget(uuid);
  }

  *due(account: string): Generator<Iterable<MappingDue>, void, void> {
    yield* this.#readers?.queue.upcoming(account) ?? [];
    yield* this.#readers?.stream.upcoming(account) ?? [];
  }

  lanes(account?: string): number {
    return this.#readers?.stream.working(account) ?? 0;
  }

  close(): void {
    this.#isClosed = true;
    this.#forget(this.#unread.keys());
    this.#readers?.queue.close();
    this.#readers?.stream.close();
  }

  #forget(keys: Iterable<string>): void {
    for (const key of keys) {
      this.#unread.get(key)?.release();
      this.#unread.delete(key);
    }
  }
}

function keyOf(scope: Scope, uuid: string): string {
  return `${scopeKey(scope)} ${uuid}`;
}
