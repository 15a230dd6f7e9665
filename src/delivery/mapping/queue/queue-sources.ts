import type { QueueMapping } from "../../../engine/mapping/mapping.ts";
import type { MappingCounters } from "../../../engine/mapping/mapping-counters.ts";
import type { MappingDue } from "../../../engine/mapping/mapping-due.ts";
import { scopeOfArn } from "../../../kernel/arn.ts";
import { type Scope, scopeKey } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import { QueueSource, type QueueSourceDeps } from "./queue-source.ts";

interface QueueSourcesDeps extends QueueSourceDeps {
  readonly clockOf: (account: string) => Clock;
  readonly countersOf: (scope: Scope, uuid: string) => MappingCounters;
}

/** What has functions invoked with messages of queues, by mapping. */
export class QueueSources {
  readonly #deps: QueueSourcesDeps;
  /** By account, region and UUID: an account that is forked has the same UUIDs as the one it is made of. */
  readonly #byKey = new Map<string, QueueSource>();

  constructor(deps: QueueSourcesDeps) {
    this.#deps = deps;
  }

  /** Works by the mapping from now on. */
  set(scope: Scope, mapping: QueueMapping): void {
    const key = keyOf(scope, mapping.uuid);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known.set(mapping);
    const clock = this.#deps.clockOf(scopeOfArn(mapping.sourceArn).account);
    const counters = this.#deps.countersOf(scope, mapping.uuid);
    this.#byKey.set(key, new QueueSource(mapping, { ...this.#deps, clock, counters }));
  }

  /** There is no such mapping any more, if there ever was. Batches under way come to their end, unless all is forgotten. */
  gone(scope: Scope, uuid: string, isForgotten?: "forgotten"): void {
    const key = keyOf(scope, uuid);
    if (isForgotten) this.#byKey.get(key)?.close();
    else this.#byKey.get(key)?.stop();
    this.#byKey.delete(key);
  }

  /** What is done by time alone with queues of an account, by source and the first first. Looks at each source. */
  *upcoming(account: string): Generator<readonly MappingDue[], void, void> {
    for (const source of this.#byKey.values()) if (source.account === account) yield source.upcoming();
  }

  /** Gives up everything. */
  close(): void {
    for (const source of this.#byKey.values()) source.close();
    this.#byKey.clear();
  }
}

function keyOf(scope: Scope, uuid: string): string {
  return `${scopeKey(scope)} ${uuid}`;
}
