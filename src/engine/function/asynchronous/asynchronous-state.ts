import { IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import { present } from "../../../kernel/present.ts";
import type { AsynchronousEvent } from "./asynchronous-event.ts";
import { HeldEvent } from "./held-event.ts";
import type { OwedEvent } from "./owed-event.ts";

/** An event and how it stands. */
export interface StandingEvent {
  readonly event: OwedEvent;
  /** Its place among those of its account and region. */
  readonly order: number;
  /** Whether it waits for its instant; else it is being attempted, or its turn is to come. */
  readonly waits: boolean;
}

/** The events that functions of one account and region are owed. Only what happens to them changes it. */
export class AsynchronousState {
  /** By request id, in the order in which they were taken. */
  readonly #events = new Map<string, HeldEvent>();
  /** Those that wait for their instant: all that were not taken out to be attempted. */
  readonly #waiting = new IndexedHeap<HeldEvent>((one, other) => one.order < other.order);
  #order = 0;
  #bytes = 0;

  get count(): number {
    return this.#events.size;
  }

  /** How many of them wait for their instant. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** Of payloads and answers, and something for each event. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The first instant at which an event is due that waits; Infinity while none does. */
  get nextDueAt(): number {
    return this.#waiting.firstRank();
  }

  find(requestId: string): OwedEvent | undefined {
    return this.#events.get(requestId)?.owed;
  }

  /** In the order in which they were taken, behind that place. Looks at those before it. */
  *all(after = -1): Generator<StandingEvent, void, void> {
    for (const held of this.#events.values()) {
      const { order } = held;
      if (order > after) yield { event: held.owed, order, waits: this.#waiting.has(held) };
    }
  }

  /** Those that wait for their instant, the first first. To be read while nothing happens. */
  *upcoming(): Generator<OwedEvent, void, void> {
    for (const held of this.#waiting.inOrder()) yield held.owed;
  }

  /** Takes out the next event that is due by then. */
  takeDue(instant: number): OwedEvent | undefined {
    return this.#waiting.popDue(instant)?.owed;
  }

  apply(event: AsynchronousEvent): void {
    switch (event.type) {
      case "eventQueued":
        return this.#add({ ...event, acceptedAt: event.at, dueAt: event.at, attempts: 0, postponements: 0 });
      case "eventKept":
        return this.#add(event);
      case "eventRetried":
        return this.#change(event.requestId, event.dueAt, (held) => {
          held.attempts++;
          held.postponements = 0;
          held.response = event.response;
        });
      case "eventPostponed":
        return this.#change(event.requestId, event.dueAt, (held) => {
          held.postponements++;
        });
      case "eventEnded":
        return this.#remove(this.#held(event.requestId));
      case "eventsReset":
        this.#events.clear();
        this.#waiting.clear();
        this.#bytes = 0;
    }
  }

  #add(owed: OwedEvent): void {
    const held = new HeldEvent(owed, this.#order++);
    this.#events.set(held.requestId, held);
    this.#waiting.set(held, held.dueAt);
    this.#bytes += held.bytes;
  }

  #change(requestId: string, dueAt: number, change: (held: HeldEvent) => void): void {
    const held = this.#held(requestId);
    this.#bytes -= held.bytes;
    change(held);
    held.dueAt = dueAt;
    this.#bytes += held.bytes;
    this.#waiting.set(held, dueAt);
  }

  #remove(held: HeldEvent): void {
    this.#events.delete(held.requestId);
    this.#waiting.delete(held);
    this.#bytes -= held.bytes;
  }

  #held(requestId: string): HeldEvent {
    return present(this.#events.get(requestId), "an event that is owed");
  }
}
