import type { EventSourceMapping, QueueMapping } from "../../../engine/mapping/mapping.ts";
import type { MappingCounters } from "../../../engine/mapping/mapping-counters.ts";
import { scopeOfArn } from "../../../kernel/arn.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import { QueueSource, type QueueSourceDeps } from "./queue-source.ts";

interface QueueSourcesDeps extends QueueSourceDeps {
  readonly clockOf: (account: string) => Clock;
  readonly countersOf: (scope: Scope, uuid: string) => MappingCounters;
}

/** What has functions invoked with messages of queues, by mapping. */
export class QueueSources {
  readonly #deps: QueueSourcesDeps;
  readonly #byUuid = new Map<string, QueueSource>();

  constructor(deps: QueueSourcesDeps) {
    this.#deps = deps;
  }

  /** Works by the mapping from now on. */
  set(scope: Scope, mapping: QueueMapping): void {
    const known = this.#byUuid.get(mapping.uuid);
    if (known !== undefined) return known.set(mapping);
    const clock = this.#deps.clockOf(scopeOfArn(mapping.sourceArn).account);
    const counters = this.#deps.countersOf(scope, mapping.uuid);
    this.#byUuid.set(mapping.uuid, new QueueSource(mapping, { ...this.#deps, clock, counters }));
  }

  /** There is no such mapping any more, if there ever was. */
  gone({ uuid }: Pick<EventSourceMapping, "uuid">): void {
    this.#byUuid.get(uuid)?.stop();
    this.#byUuid.delete(uuid);
  }

  /** Gives up everything. */
  close(): void {
    for (const source of this.#byUuid.values()) source.close();
    this.#byUuid.clear();
  }
}
