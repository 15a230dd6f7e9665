import type { FunctionNotes } from "../../../engine/function/function-notes.ts";
import type { InvokeFunction } from "../../../engine/invocation.ts";
import type { StreamMapping } from "../../../engine/mapping/mapping.ts";
import type { MappingCounters } from "../../../engine/mapping/mapping-counters.ts";
import type { ReadingDirectory } from "../../../engine/mapping/stream/reading-directory.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { Ids } from "../../../kernel/ids.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { DiscardedBatches } from "./discarded-batches.ts";

/** What reading streams for functions takes. */
export interface ReaderDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly readings: Pick<ReadingDirectory, "in">;
  /** The stream of that ARN, or undefined when there is none. */
  readonly streamOf: (arn: string) => Stream | undefined;
  readonly invoke: InvokeFunction;
  /** ARN of the role that a function has, of what can be invoked by that ARN. */
  readonly roleOf: (functionArn: string) => string;
  /** Counts of a mapping. */
  readonly countersOf: (scope: Scope, uuid: string) => MappingCounters;
  /** Hears how the latest batch of a mapping ended, in AWS's words. */
  readonly processed: (scope: Scope, uuid: string, result: string) => void;
  readonly discarded: Pick<DiscardedBatches, "tell">;
  readonly notes: Pick<FunctionNotes, "isHeard" | "tell">;
  /** Hears that a function has answered and everything that follows has been done. */
  readonly answered: () => void;
}

/** A mapping with where it lives. */
export interface PlacedMapping {
  readonly scope: Scope;
  readonly mapping: StreamMapping;
}

/** The stream of a mapping, read by a consumer if its name is given. */
export interface ReadStream {
  readonly stream: Stream;
  readonly consumer: string | undefined;
}
