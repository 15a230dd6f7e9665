import { clockEntry, clockIn } from "../../fixture/world/clock-entries.ts";
import { PartFinder } from "../../fixture/world/part-finder.ts";
import { takenOf } from "../../fixture/world/snapshot.ts";
import type { WorldPart } from "../../fixture/world/world-part.ts";
import { formatArn, scopeOfArn } from "../../kernel/arn.ts";
import { joined, type Taken, takenAs } from "../../kernel/collection/taken.ts";
import type { Entry, PlainEvent } from "../../kernel/event/event-log.ts";
import { scopeOf } from "../../kernel/scope.ts";
import type { ClockState, Clocks } from "../../kernel/time/clocks.ts";

/** Whose entries those are that concern the time of all whose clocks were not moved by themselves. */
export const EVERYONE = "";

interface DurableWorldDeps {
  readonly parts: readonly WorldPart[];
  readonly clocks: Clocks;
  /** Forgets everything of an account, time included. */
  readonly reset: (account: string) => void;
}

/** How a clock stood, and when by the machine's: a clock that ran has run on since. */
interface ClockMoved extends PlainEvent {
  readonly type: "clockKept";
  readonly isFrozen: boolean;
  readonly realAt: number;
}

/** All there is, as entries: those that engines tell of, and what becomes of whole accounts at once. */
export class DurableWorld {
  readonly #deps: DurableWorldDeps;
  readonly #finder: PartFinder;

  constructor(deps: DurableWorldDeps) {
    this.#deps = deps;
    this.#finder = new PartFinder(deps.parts);
  }

  /** The entries that build all there is of an account now, whenever they are read; of everyone, the time they share. */
  taken(account: string): Taken<Entry> {
    const parts = account === EVERYONE ? [] : this.#deps.parts;
    const clock = [...this.#clockOf(account)];
    return joined([takenAs(() => clock), ...parts.flatMap((part) => [...takenOf(part, account)])]);
  }

  /** The same of all of those accounts, in the place of what there was of them before. */
  takenAnew(accounts: readonly string[]): Taken<Entry> {
    const forgotten = accounts.map((account) => this.forgotten(account));
    return joined([takenAs(() => forgotten), ...accounts.map((account) => this.taken(account))]);
  }

  /** The entries that build all there is. */
  *everything(): Generator<Entry, void, void> {
    yield* this.#clockOf(EVERYONE);
    for (const account of this.#deps.clocks.accounts()) yield* this.#clockOf(account);
    for (const part of this.#deps.parts) yield* part.entries();
  }

  /** The entry that says that everything of the account is forgotten. */
  forgotten(account: string): Entry {
    const at = this.#deps.clocks.base.now();
    if (account === EVERYONE) return this.clockMoved(EVERYONE, { now: at, isFrozen: false });
    return { resource: formatArn("waystation", scopeOf(account, ""), "state"), event: { type: "forgotten", at } };
  }

  /** The entry that says how a clock stands now. */
  clockMoved(account: string, { now, isFrozen }: ClockState): Entry<ClockMoved> {
    const { resource, event } = clockEntry(account, { now: () => now, isFrozen });
    return { resource, event: { ...event, realAt: this.#deps.clocks.base.now() } };
  }

  /** Rebuilds what an entry says. Throws when it does not follow from those before. */
  replay(entry: Entry): void {
    if (entry.event.type === "forgotten") return this.#deps.reset(accountOf(entry));
    const clock = clockIn(entry);
    if (clock === undefined) return this.#finder.partOf(entry)?.replay(entry);
    const { at, isFrozen, realAt } = clock.event as ClockMoved;
    const { clocks } = this.#deps;
    const now = isFrozen ? at : at + clocks.base.now() - realAt;
    clocks.startAt(ownerOf(clock.account), { now, isFrozen });
  }

  /** Has go on what runs by itself. */
  resume(): void {
    for (const part of this.#deps.parts) part.resume();
  }

  *#clockOf(account: string): Generator<Entry, void, void> {
    const state = this.#deps.clocks.stateOf(ownerOf(account));
    if (state !== undefined) yield this.clockMoved(account, state);
  }
}

export function accountOf({ resource }: Entry): string {
  return scopeOfArn(resource).account;
}

function ownerOf(account: string): string | undefined {
  return account === EVERYONE ? undefined : account;
}
