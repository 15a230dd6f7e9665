import type { DeliveryTold, OwedDeliveries } from "../../delivery/sns/kept/owed-deliveries.ts";
import type { WorldPart } from "../../fixture/world/world-part.ts";
import { formatArn, scopeOfArn } from "../../kernel/arn.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { scopeOf } from "../../kernel/scope.ts";

/** Numbers are of one process, so what another one told of is over once this one goes on with what is left of it. */
const TAKEN_OVER = "deliveriesTakenOver";

interface OwedPartDeps {
  readonly owed: Pick<OwedDeliveries, "numbered" | "replay">;
  readonly record: (account: string, entry: Entry) => void;
}

/** Deliveries under way as a part of the world: the last that was told of each makes it again, once everything else is there. */
export class OwedPart implements WorldPart {
  readonly #deps: OwedPartDeps;
  /** By account, then by number. */
  readonly #open = new Map<string, Map<number, Entry>>();

  constructor(deps: OwedPartDeps) {
    this.#deps = deps;
  }

  entries(account?: string): Iterable<Entry> {
    return this.#deps.owed.numbered(account);
  }

  has({ service, resource }: Parameters<WorldPart["has"]>[0]): boolean {
    return service === "waystation" && resource === "deliveries";
  }

  replay(entry: Entry): void {
    const { account } = scopeOfArn(entry.resource);
    if (entry.event.type === TAKEN_OVER) return this.forget(account);
    const { type, delivery } = entry.event as DeliveryTold;
    const ofAccount = this.#open.get(account) ?? new Map<number, Entry>();
    this.#open.set(account, ofAccount);
    if (type === "deliveryOver") ofAccount.delete(delivery);
    else ofAccount.set(delivery, entry);
  }

  /** Goes on with all of them, which are told of anew. */
  resume(): void {
    const open = [...this.#open];
    this.#open.clear();
    for (const [account, deliveries] of open) {
      const resource = formatArn("waystation", scopeOf(account, ""), "deliveries");
      this.#deps.record(account, { resource, event: { type: TAKEN_OVER, at: 0 } });
      for (const entry of deliveries.values()) this.#deps.owed.replay(entry);
    }
  }

  /** Forgets those of an account. */
  forget(account: string): void {
    this.#open.delete(account);
  }
}
