import type { Topic } from "../topic.ts";
import type { Subscription } from "./subscription.ts";

/** A topic that was deleted, and those of its subscriptions of which that is still to be noted. */
interface Leaving {
  readonly topic: Topic;
  readonly at: number;
  readonly rest: Iterator<Subscription, unknown>;
}

/** Hears of a subscription that it was deleted with its topic, and when. */
type Note = (subscription: Subscription, at: number) => void;

/** Topics that were deleted with more subscriptions than one turn of the event loop takes along, in the order of their deletion. */
export class LeavingTopics {
  readonly #note: Note;
  #topics: Leaving[] = [];

  constructor(note: Note) {
    this.#note = note;
  }

  get isEmpty(): boolean {
    return this.#topics.length === 0;
  }

  add(topic: Topic, at: number): void {
    this.#topics.push({ topic, at, rest: topic.held.everyone[Symbol.iterator]() });
  }

  /** Takes along so many subscriptions at most, and says how many. */
  pass(most: number): number {
    let count = 0;
    for (let [first] = this.#topics; first !== undefined && count < most; ) {
      const next = first.rest.next();
      if (next.done) {
        this.#topics.shift();
        [first] = this.#topics;
        continue;
      }
      count++;
      if (next.value.state !== "deleted") this.#note(next.value, first.at);
    }
    return count;
  }

  /** Forgets those that are meant, and says which they were. */
  drop(isMeant: (topic: Topic) => boolean): readonly Topic[] {
    const topics = this.#topics.map(({ topic }) => topic);
    this.#topics = this.#topics.filter(({ topic }) => !isMeant(topic));
    return topics.filter(isMeant);
  }
}
