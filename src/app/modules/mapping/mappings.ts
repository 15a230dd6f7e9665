import type { QueueSources } from "../../../delivery/mapping/queue/queue-sources.ts";
import type { FunctionDirectory } from "../../../engine/function/function-directory.ts";
import type { InvokeFunction } from "../../../engine/invocation.ts";
import type { EventSourceMapping } from "../../../engine/mapping/mapping.ts";
import { MappingDirectory } from "../../../engine/mapping/mapping-directory.ts";
import type { MappingWatcher } from "../../../engine/mapping/mappings.ts";
import type { QueueDirectory } from "../../../engine/queue/queue-directory.ts";
import type { StreamDirectory } from "../../../engine/stream/account/stream-directory.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { lazily } from "../../../kernel/load/late-package.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { LambdaDeps } from "../../../service/lambda/operation.ts";
import type { ModuleDeps } from "../module.ts";

/** What event source mappings read. */
export interface Sources {
  readonly queues: QueueDirectory;
  readonly streams: StreamDirectory;
}

/** What they have invoked. */
interface Targets {
  readonly functions: FunctionDirectory;
  readonly invoke: InvokeFunction;
}

/** Event source mappings, and what their operations have to know of sources. */
export interface MappingRoom extends Pick<LambdaDeps, "mappings" | "eventSources"> {
  /** Loads what reads for them, so that a new one works in the turn in which it is made. */
  load(): Promise<unknown>;
  /** Gives up what is read and invoked. */
  close(): void;
}

/** Builds event source mappings on what they read. What reads is loaded with the first of them. */
export function createMappings(deps: ModuleDeps, sources: Sources, targets: Targets): MappingRoom {
  const { clockOf, ids, logs } = deps;
  const { queues, streams } = sources;
  const readers = new LateReaders(async () => openReaders(deps, sources, targets, mappings));
  const mappings: MappingDirectory = new MappingDirectory({
    clockOf,
    ids,
    logs: logs.part("lambda"),
    watcher: readers,
  });
  return {
    mappings,
    eventSources: {
      queue: (arn) => queues.byArn(arn)?.settings,
      hasStream: (arn) => (streams.byArn(arn) ?? streams.consumerByArn(arn)) !== undefined,
    },
    load: () => readers.load(),
    close: () => readers.close(),
  };
}

/** What reads sources, by their kind. */
interface Readers {
  readonly queue: QueueSources;
}

async function openReaders(
  { clockOf, ids, log }: ModuleDeps,
  { queues }: Sources,
  { functions, invoke }: Targets,
  mappings: MappingDirectory,
): Promise<Readers> {
  const [{ QueueSources }, { formatReceiptHandle }, { md5OfAttributes }] = await Promise.all([
    import("../../../delivery/mapping/queue/queue-sources.ts"),
    import("../../../service/sqs/message/receipt-handle.ts"),
    import("../../../service/sqs/message/message-content.ts"),
  ]);
  const queue = new QueueSources({
    clockOf,
    ids,
    invoke,
    queueOf: (arn) => queues.byArn(arn),
    follow: (arn, follower) => queues.follow(arn, follower),
    timeoutMsOf: (arn) => timeoutMsOf(functions, arn),
    wire: { receiptHandle: formatReceiptHandle, md5OfAttributes },
    warn: (fields, text) => log.log("warn", fields, text),
    countersOf: (scope, uuid) => mappings.in(scope).counters(uuid),
  });
  return { queue };
}

/** How long the function of that ARN may take; undefined when there is none. */
function timeoutMsOf(functions: FunctionDirectory, arn: string): number | undefined {
  const parts = parseArn(arn);
  const [, name = "", qualifier] = parts?.resource.split(":") ?? [];
  const found = parts && functions.in(parts).find(name);
  if (parts === undefined || found === undefined) return undefined;
  const alias = found.aliases.get(qualifier ?? "");
  const version = found.versions.get(alias?.version ?? qualifier ?? "") ?? found.latest;
  return version.settings.timeoutMs;
}

/** Has mappings read for as soon as what reads is loaded, which the first of them does. */
class LateReaders implements MappingWatcher {
  readonly load: () => Promise<Readers>;
  readonly #waiting = new Map<string, { readonly scope: Scope; readonly mapping: EventSourceMapping }>();
  #readers: Readers | undefined;
  #isClosed = false;

  constructor(open: () => Promise<Readers>) {
    this.load = lazily(async () => {
      this.#readers = await open();
      for (const { scope, mapping } of this.#waiting.values()) this.set(scope, mapping);
      this.#waiting.clear();
      return this.#readers;
    });
  }

  set(scope: Scope, mapping: EventSourceMapping): void {
    if (this.#isClosed) return;
    if (this.#readers !== undefined) {
      if (mapping.kind === "queue") this.#readers.queue.set(scope, mapping);
      return;
    }
    this.#waiting.set(mapping.uuid, { scope, mapping });
    void this.load();
  }

  gone(_scope: Scope, uuid: string): void {
    this.#waiting.delete(uuid);
    this.#readers?.queue.gone({ uuid });
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting.clear();
    this.#readers?.queue.close();
  }
}
