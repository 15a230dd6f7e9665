import type { Taken } from "../kernel/collection/taken.ts";
import type { Entry } from "../kernel/event/event-log.ts";
import type { Standstill } from "../kernel/event/standstill.ts";
import { Alarm } from "../kernel/time/alarm.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { nextTurn } from "../kernel/time/system-clock.ts";
import { entriesIn, failureOf, rejected, type Sealed, type Waiting, waiting } from "./sealed.ts";
import type { AccountBase, Store } from "./store.ts";

/** A compaction is thought of after so many bytes, */
const BYTES_BETWEEN_LOOKS = 128 * 1024;
/** or so long after a batch: few bytes can say that much is gone. */
const LONGEST_BETWEEN_LOOKS_MS = 1000;
/** So many entries are held at most behind a batch that cannot be kept. */
const MOST_ENTRIES_BEHIND = 1000;

interface RecorderDeps {
  readonly store: Store;
  /** All there is of an account now, as the entries that build it, whenever and however often they are read. */
  readonly taken: (account: string) => Taken<Entry>;
  /** The same of all of those accounts, with what has what there was of them forgotten before. */
  readonly takenAnew: (accounts: readonly string[]) => Taken<Entry>;
  /** About how many things there are that come and go, such as messages. */
  readonly held: () => number;
  /** The machine's time. */
  readonly clock: Clock;
  /** While something stands still, what there is may be half of something: nothing of it is taken. Nothing ever does unless given. */
  readonly standstill?: Pick<Standstill, "passed"> | undefined;
  /** Hears that something could not be kept, or that it can be again. */
  readonly failed: (failure: Error | undefined) => void;
  /** Hears that a compaction came to nothing; what was kept before is untouched by that. */
  readonly notCompacted: (cause: unknown) => void;
}

/**
 * Hands what happens to a store: what happened in one turn of the event loop is one batch, all of it or nothing. While one is
 * on its way to the disk, what happens meanwhile gathers and goes as the next one. Where that becomes much because nothing can be kept, it
 * is let go of, and what there is once that can be stands for it.
 */
export class Recorder {
  readonly #deps: RecorderDeps;
  #open: Entry[] = [];
  /** Whoever waits for what is open. */
  #waiting: Waiting | undefined;
  /** What is to be appended, in order, and who waits for it. */
  #sealed: readonly Sealed[] = [];
  #nextNumber: number;
  /** That of the batch in whose place all there is comes when its turn has come; nothing that happens until then is held. */
  #anewAt: number | undefined;
  #isTurnOpen = false;
  #isAppending = false;
  #failure: Error | undefined;
  /** Those of which something was kept, and the last batch that something of them is in. */
  readonly #accounts = new Map<string, number>();
  #compaction: Promise<void> | undefined;
  /** For the next look at how much the store takes, where there were batches since the last one. */
  readonly #look: Alarm;
  #isLookSet = false;
  /** How much had been appended at the last one. */
  #lookedAtBytes = 0;
  #isClosing = false;
  /** Whether nothing is kept any more, for good. */
  #hasGivenUp = false;

  constructor(deps: RecorderDeps) {
    this.#deps = deps;
    this.#look = new Alarm(deps.clock, () => this.#compactIfGrown());
    this.#nextNumber = deps.store.nextBatch;
    deps.store.whenInterrupted?.((cause) => this.#interrupt(cause));
  }

  /** Adds what happened in an account. */
  record(account: string, entries: readonly Entry[]): void {
    if (this.#hasGivenUp) return;
    this.#accounts.set(account, this.#nextNumber);
    if (this.#anewAt === undefined) for (const entry of entries) this.#open.push(entry);
    this.#appendNextTurn();
  }

  /** Adds what there is of accounts, however much, as a batch of its own, which is told while it is kept. */
  recordTaken(accounts: readonly string[], entries: Taken<Entry>): void {
    if (this.#hasGivenUp) return entries.end();
    this.#seal();
    for (const account of accounts) this.#accounts.set(account, this.#nextNumber);
    if (this.#anewAt === undefined) this.#sealAs(entries, entries.end);
    else entries.end();
    this.#appendNextTurn();
  }

  /** Notes that something is kept of an account already. */
  know(account: string): void {
    if (!this.#accounts.has(account)) this.#accounts.set(account, 0);
  }

  /** The accounts of which something may be kept. */
  accounts(): readonly string[] {
    return [...this.#accounts.keys()];
  }

  /**
   * A promise that everything there was so far is kept, and nothing else, which rejects when that cannot be; undefined when it is.
   */
  get kept(): Promise<void> | undefined {
    if (this.#hasGivenUp && this.#failure !== undefined) return rejected(this.#failure);
    if (this.#open.length > 0) {
      this.#waiting ??= waiting();
      return this.#waiting.kept;
    }
    const isTried = this.#isAppending || (this.#isTurnOpen && this.#anewAt !== undefined);
    if (this.#failure !== undefined && !isTried) return rejected(this.#failure);
    const last = this.#sealed.at(-1);
    return last === undefined ? this.sure() : last.waiting.kept;
  }

  /** What the store says to whether nobody else has taken hold of it. */
  sure(): Promise<void> | undefined {
    return this.#deps.store.sure?.()?.catch((cause: unknown) => {
      throw this.#failure ?? failureOf(cause);
    });
  }

  /** Tries once more to keep what could not be kept; what `kept` says afterwards is the outcome. */
  retry(): Promise<void> | undefined {
    this.#append();
    return this.kept;
  }

  /** Keeps nothing any more, since somebody else does: what waits for that is told why, and neither that nor what comes is held. */
  giveUp(cause: Error): void {
    this.#hasGivenUp = true;
    if (!this.#isAppending) this.#fail(cause);
  }

  /** Resolves once everything is kept, or cannot be, and nothing is compacted any more. */
  async close(): Promise<void> {
    this.#append();
    await this.kept?.catch(() => {}); // whoever waited for it was told
    this.#isClosing = true;
    this.#look.set(Number.POSITIVE_INFINITY);
    await this.#deps.store.close();
  }

  /** Appends what waits, one batch at a time. */
  #append(): void {
    if (this.#isAppending) return;
    while (this.#sealed.length > 0 || this.#open.length > 0) {
      if (this.#sealed.length === 0) this.#seal();
      if (this.#sealed[0]?.batch.number === this.#anewAt && !this.#takeAnew()) return;
      const [next] = this.#sealed;
      if (next === undefined) return;
      try {
        const appending = this.#deps.store.append(next.batch);
        if (appending !== undefined) return this.#appendLater(appending);
        this.#succeed();
      } catch (cause) {
        return this.#fail(cause);
      }
    }
  }

  #appendNextTurn(): void {
    if (this.#isTurnOpen) return;
    this.#isTurnOpen = true;
    void nextTurn().then(() => {
      this.#isTurnOpen = false;
      this.#append();
    });
  }

  #appendLater(appending: Promise<void>): void {
    this.#isAppending = true;
    appending.then(
      () => {
        this.#isAppending = false;
        this.#succeed();
        this.#append();
      },
      (cause: unknown) => {
        this.#isAppending = false;
        this.#fail(cause);
      },
    );
  }

  #seal(): void {
    if (this.#open.length > 0) this.#sealAs(this.#open);
    this.#open = [];
  }

  #sealAs(entries: Iterable<Entry>, end?: () => void): void {
    const batch = { number: this.#nextNumber++, entries };
    this.#sealed = [...this.#sealed, { batch, waiting: this.#waiting ?? waiting(), end }];
    this.#waiting = undefined;
  }

  #succeed(): void {
    const [done, ...others] = this.#sealed;
    this.#sealed = others;
    if (this.#failure !== undefined) this.#deps.failed(undefined);
    this.#failure = undefined;
    done?.end?.();
    done?.waiting.resolve();
    if (this.#deps.store.appendedBytes - this.#lookedAtBytes >= BYTES_BETWEEN_LOOKS) this.#compactIfGrown();
    else if (!this.#isLookSet) this.#setLook();
  }

  #setLook(): void {
    if (this.#isClosing) return;
    this.#isLookSet = true;
    this.#look.set(this.#deps.clock.now() + LONGEST_BETWEEN_LOOKS_MS);
  }

  /** What could not be kept stays the next to be kept; those who wait for it, or for what comes after, are told. */
  #fail(cause: unknown): void {
    const failure = failureOf(cause);
    if (this.#failure === undefined) this.#deps.failed(failure);
    this.#failure = failure;
    this.#seal();
    const told = this.#sealed;
    this.#sealed = this.#hasGivenUp ? [] : told.map(({ batch, end }) => ({ batch, waiting: waiting(), end }));
    if (this.#hasGivenUp) for (const { end } of told) end?.();
    for (const sealed of told) sealed.waiting.reject(failure);
    this.#letGo();
  }

  /** The first one stays, since some of it may be in the store. */
  #letGo(): void {
    const [first, ...behind] = this.#sealed;
    if (this.#hasGivenUp) this.#anewAt = undefined;
    if (first === undefined || this.#anewAt !== undefined) return;
    if (entriesIn(behind) <= MOST_ENTRIES_BEHIND) return;
    for (const { end } of behind) end?.();
    this.#sealed = [first];
    this.#nextNumber = first.batch.number + 1;
    this.#anewAt = this.#nextNumber;
    this.#sealAs([]);
  }

  /** Says whether it could: what stands still may be half of something. */
  #takeAnew(): boolean {
    const { standstill, takenAnew } = this.#deps;
    const passed = standstill?.passed();
    void passed?.then(() => this.#append());
    const [empty, ...behind] = this.#sealed;
    if (passed !== undefined || empty === undefined) return false;
    const { batch, waiting } = empty;
    const entries = takenAnew(this.accounts());
    for (const account of this.accounts()) this.#accounts.set(account, batch.number);
    this.#sealed = [{ batch: { ...batch, entries }, waiting, end: entries.end }, ...behind];
    this.#anewAt = undefined;
    return true;
  }

  /** A batch of nothing is what is tried until it can be kept, where nothing else waits. An append under way finds out by itself. */
  #interrupt(cause: Error): void {
    if (this.#isAppending || this.#failure !== undefined) return;
    this.#seal();
    if (this.#sealed.length === 0) this.#sealAs([]);
    this.#fail(cause);
  }

  #compactIfGrown(): void {
    const { store, held, notCompacted } = this.#deps;
    this.#lookedAtBytes = store.appendedBytes;
    this.#isLookSet = false;
    if (this.#compaction !== undefined || this.#isClosing) return;
    const heldNow = held();
    if (!store.isGrown(heldNow)) return;
    this.#compaction = store
      .compact(this.#bases(), heldNow)
      .then(() => this.#setLook(), notCompacted)
      .finally(() => {
        this.#compaction = undefined;
      });
  }

  /** One account after the other. Those of which there is nothing any more are forgotten with that. */
  async *#bases(): AsyncGenerator<AccountBase, void, void> {
    const { standstill } = this.#deps;
    for (const account of this.accounts()) {
      const passed = standstill?.passed();
      if (passed !== undefined) await passed;
      this.#seal();
      const entries = this.#deps.taken(account);
      const lastBatch = this.#nextNumber - 1;
      if (isEmpty(entries) && (this.#accounts.get(account) ?? 0) <= lastBatch) this.#accounts.delete(account);
      try {
        yield { account, entries, lastBatch };
      } finally {
        entries.end();
      }
    }
    await this.kept;
  }
}

function isEmpty(entries: Iterable<Entry>): boolean {
  for (const _ of entries) return false;
  return true;
}
