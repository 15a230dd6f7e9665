import { parseArn, scopeOfArn } from "../../../kernel/arn.ts";
import { ByScope } from "../../../kernel/collection/by-scope.ts";
import type { Entry, PlainEvent } from "../../../kernel/event/event-log.ts";
import { EventLogs } from "../../../kernel/event/event-logs.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { ReadingEvent } from "./reading-event.ts";
import { StreamReadings } from "./stream-readings.ts";

/** What the directory is given at construction. */
interface ReadingDirectoryDeps {
  readonly clockOf: (account: string) => Clock;
  /** Where events go; nobody hears of them unless given. */
  readonly logs?: EventLogs;
}

const MAPPING_PREFIX = "event-source-mapping:";

/** How far the stream mappings of every account and region have come. Its entries are about mappings, as those of the mappings are. */
export class ReadingDirectory {
  readonly #byScope: ByScope<StreamReadings>;

  constructor({ clockOf, logs = new EventLogs() }: ReadingDirectoryDeps) {
    this.#byScope = new ByScope((scope) => {
      return new StreamReadings(scope, { clock: clockOf(scope.account), logs, kept: this.#byScope });
    }, clockOf);
  }

  in(scope: Scope): StreamReadings {
    return this.#byScope.in(scope);
  }

  /** The entries that build all of it as it is now, or that of one account; to be read to the end at once. */
  *entries(account?: string): Generator<Entry<ReadingEvent>, void, void> {
    for (const one of this.#byScope.within({ account })) yield* one.entries();
  }

  /** Whether an entry is one of its own: those of mappings are about the same resources. */
  static has(entry: Entry): entry is Entry<ReadingEvent> {
    return TYPES.has(entry.event.type);
  }

  /** Applies an entry that a log kept. */
  replay({ resource, event }: Entry<ReadingEvent>): void {
    const uuid = parseArn(resource)?.resource.slice(MAPPING_PREFIX.length) ?? "";
    this.in(scopeOfArn(resource)).replay(uuid, event);
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    for (const one of this.#byScope.reset(account)) one.reset();
  }
}

const TYPES: ReadonlySet<PlainEvent["type"]> = new Set(
  Object.keys({
    readingBegun: true,
    readingKept: true,
    readingForgotten: true,
    lanesChanged: true,
    shardFinished: true,
    batchProcessed: true,
    batchProcessedInPart: true,
    batchFailed: true,
    batchBisected: true,
    batchPutOff: true,
    batchDiscarded: true,
    recordsExpired: true,
    recordsPassed: true,
    windowClosed: true,
  } satisfies Record<ReadingEvent["type"], true>),
);
