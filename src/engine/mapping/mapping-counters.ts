/** What a mapping did since the emulator started. AWS: event source mapping metrics, Lambda developer guide. */
export interface MappingCounters {
  polled: number;
  filteredOut: number;
  invoked: number;
  failedInvoke: number;
  dropped: number;
  onFailureDelivered: number;
  /** Messages of queues. */
  deleted: number;
  /** Of the last record of the latest batch of a stream, when the batch was done with; undefined before. */
  iteratorAgeMs: number | undefined;
}

/** The counters of the mappings of one account and region. They are no state: a new process counts anew. */
export class CountersByMapping {
  readonly #byUuid = new Map<string, MappingCounters>();

  /** Those of a mapping, which whoever counts changes. */
  of(uuid: string): MappingCounters {
    const known = this.#byUuid.get(uuid);
    if (known !== undefined) return known;
    const counters = {
      ...{ polled: 0, filteredOut: 0, invoked: 0, failedInvoke: 0, dropped: 0, onFailureDelivered: 0, deleted: 0 },
      iteratorAgeMs: undefined,
    };
    this.#byUuid.set(uuid, counters);
    return counters;
  }

  forget(uuid: string): void {
    this.#byUuid.delete(uuid);
  }

  clear(): void {
    this.#byUuid.clear();
  }
}
