import type { WorldPart } from "../../fixture/world/world-part.ts";
import { formatArn, scopeOfArn } from "../../kernel/arn.ts";
import type { Taken } from "../../kernel/collection/taken.ts";
import type { Entry, PlainEvent } from "../../kernel/event/event-log.ts";
import { scopeOf } from "../../kernel/scope.ts";

/** Numbers are of one process, so what another one told of is over once this one goes on with what is left of it. */
const TAKEN_OVER = "deliveriesTakenOver";

interface OwedPartDeps {
  /** By which its entries are known. */
  readonly name: "deliveries" | "backlog";
  readonly owed: {
    /** All that is owed, of every account or of one, each with its number. */
    numbered(account?: string): Taken<Entry>;
    /** Goes on with what an entry says, or with so much of it. */
    replay(entry: Entry, left?: number): void;
  };
  readonly record: (account: string, entry: Entry) => void;
}

/** What is told of something that is owed, by its number. */
interface Told extends PlainEvent {
  readonly delivery: number;
  /** Of `deliveriesMade`: how much of it is left. */
  readonly left?: number;
}

interface Open {
  readonly entry: Entry;
  readonly left?: number | undefined;
}

/** What is owed as a part of the world: the last that was told of each makes it again, once everything else is there. */
export class OwedPart implements WorldPart {
  readonly #deps: OwedPartDeps;
  /** By account, then by number. */
  readonly #open = new Map<string, Map<number, Open>>();

  constructor(deps: OwedPartDeps) {
    this.#deps = deps;
  }

  entries(account?: string): Iterable<Entry> {
    return this.#deps.owed.numbered(account);
  }

  taken(account?: string): Iterable<Taken<Entry>> {
    return [this.#deps.owed.numbered(account)];
  }

  has({ service, resource }: Parameters<WorldPart["has"]>[0]): boolean {
    return service === "waystation" && resource === this.#deps.name;
  }

  replay(entry: Entry): void {
    const { account } = scopeOfArn(entry.resource);
    if (entry.event.type === TAKEN_OVER) return this.forget(account);
    const { type, delivery, left } = entry.event as Told;
    const ofAccount = this.#open.get(account) ?? new Map<number, Open>();
    this.#open.set(account, ofAccount);
    const known = ofAccount.get(delivery);
    if (type === "deliveryOver") ofAccount.delete(delivery);
    else if (type !== "deliveriesMade") ofAccount.set(delivery, { entry });
    else if (known !== undefined) ofAccount.set(delivery, { entry: known.entry, left });
  }

  /** Goes on with all of them, which are told of anew. */
  resume(): void {
    const open = [...this.#open];
    this.#open.clear();
    for (const [account, deliveries] of open) {
      const resource = formatArn("waystation", scopeOf(account, ""), this.#deps.name);
      this.#deps.record(account, { resource, event: { type: TAKEN_OVER, at: 0 } });
      for (const { entry, left } of deliveries.values()) this.#deps.owed.replay(entry, left);
    }
  }

  /** Forgets those of an account. */
  forget(account: string): void {
    this.#open.delete(account);
  }
}
