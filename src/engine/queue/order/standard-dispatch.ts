import { IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import { RecurringMap } from "../../../kernel/collection/recurring-map.ts";
import type { FairnessKept, Standing } from "../kept/kept-events.ts";
import type { Message } from "../message.ts";
import { ProcessingTime } from "../receive/processing-time.ts";
import type { Dispatch, FairnessTaken, FreshLine, InLine, LinePlace } from "./dispatch.ts";
import { Fairness, QUIET_AFTER_MS } from "./fairness.ts";
import { mergedLines } from "./merged-lines.ts";
import { Tenant } from "./tenant.ts";

/** A tenant is noisy above this share of the queue's in-flight messages or processing time. Fair queues guide. */
const NOISY_SHARE = 0.1;
/** And only with at least so many messages in flight; we ask the same number before judging processing time. */
const NOISY_MESSAGES = 30;
/** Noisy tenants rank by messages in flight, then by their oldest message: two numbers in one, below 2^53. */
const PLACES = 2 ** 36;

/** The line of all quiet tenants, before those of the noisy ones. */
const QUIET_LINE = -1;
/** Places there are between one message's and the next one's. */
const BETWEEN = 2 ** 16;

/**
 * Order of a standard queue: oldest first, with the fair-queue rule that the messages of noisy tenants come after
 * those of quiet ones, and among noisy tenants the one with the fewest in flight goes first. A tenant is a
 * MessageGroupId; a message without one is a tenant of its own and never noisy, so those share one quiet line.
 */
export class StandardDispatch implements Dispatch {
  endOfLine: number | undefined = undefined;
  readonly #tenants = new RecurringMap<string, Tenant>();
  /** That of all messages without a group. */
  #groupless: Tenant | undefined;
  readonly #quiet = new IndexedHeap<Tenant>();
  readonly #noisy = new IndexedHeap<Tenant>();
  readonly #noisyTenants = new Set<Tenant>();
  readonly #processing = new ProcessingTime();
  readonly #fairness = new Fairness({ tenantOf: (id) => this.#tenants.get(id), processing: this.#processing });
  readonly #nextPlace: () => number;
  readonly #fresh: FreshLine;
  readonly #isQuiet = (tenant: Tenant): boolean => !this.#isNoisy(tenant);
  #now = 0;
  #inFlight = 0;
  #quietCheckAt = Number.POSITIVE_INFINITY;

  /** `nextPlace` gives the place behind every message of the queue; `fresh` has those without a group that wait as they came. */
  constructor(nextPlace: () => number, fresh: FreshLine) {
    this.#nextPlace = nextPlace;
    this.#fresh = fresh;
  }

  add(message: Message): void {
    const tenant = this.#tenantOf(message);
    if (tenant.groupId !== undefined) this.#fairness.before(tenant);
    tenant.lastSentAt = this.#now;
    if (message.state === "delayed") {
      tenant.delayed++;
      return;
    }
    tenant.append(message);
    this.#rank(tenant);
  }

  freshCame(key: number): void {
    const tenant = this.#tenantWithoutGroup();
    const place = this.#quiet.rankOf(tenant) ?? Number.POSITIVE_INFINITY;
    if (key < place) this.#rank(tenant);
  }

  ready(message: Message): void {
    const tenant = this.#tenantOf(message);
    tenant.delayed--;
    tenant.putBack(message, this.#nextPlace);
    this.#rank(tenant);
  }

  next(): Message | undefined {
    const tenant = this.#quiet.firstWhere(this.#isQuiet) ?? this.#leastNoisy();
    return tenant?.first();
  }

  oldest(): Message | undefined {
    return this.next();
  }

  /** Who stands in front and is noisy now stays noisy for a while. */
  settleOrder(): void {
    for (let tenant = this.#quiet.first(); tenant !== undefined; tenant = this.#quiet.first()) {
      if (!this.#isNoisy(tenant)) return;
      this.#becomeNoisy(tenant);
    }
  }

  find(key: number, groupId: string | undefined): Message | undefined {
    const first = (groupId === undefined ? this.#groupless : this.#tenants.get(groupId))?.first();
    return first?.key === key ? first : undefined;
  }

  take(message: Message): void {
    const tenant = this.#tenantOf(message);
    tenant.remove(message);
    tenant.inFlight++;
    this.#inFlight++;
    this.#rank(tenant);
  }

  restore(message: Message): void {
    const tenant = this.#tenantOf(message);
    tenant.putBack(message, this.#nextPlace);
    this.#landed(tenant, message);
  }

  placeBehind(message: Message, others: number): number {
    const { firstPlace } = this.#tenantOf(message);
    // Two never share a place: what is beside the key's place is the key's.
    return Math.floor(firstPlace) + others + (1 + (message.key % BETWEEN)) / (BETWEEN + 1);
  }

  displace(message: Message, place: number): void {
    const tenant = this.#tenantOf(message);
    tenant.remove(message);
    tenant.putAt(message, place);
    this.#rank(tenant);
  }

  remove(message: Message): void {
    const tenant = this.#tenantOf(message);
    const { state } = message;
    message.state = "gone";
    if (state === "inFlight") return this.#landed(tenant, message);
    if (state === "delayed") tenant.delayed--;
    else tenant.remove(message);
    this.#rank(tenant);
  }

  *receivable({ line, place }: LinePlace = { line: QUIET_LINE, place: -1 }): Generator<InLine, void, void> {
    if (line === QUIET_LINE) {
      for (const placed of mergedLines(this.#quiet.inOrder(), this.#isQuiet, place)) {
        yield { ...placed, line: QUIET_LINE };
      }
    }
    for (const tenant of this.#noisyInOrder()) {
      const rank = noisyRank(tenant);
      if (rank < line) continue;
      for (const placed of tenant.behind(rank === line ? place : -1)) yield { ...placed, line: rank };
    }
  }

  heldBy(): Iterable<Message> {
    return [];
  }

  passTime(now: number): void {
    this.#now = now;
    if (now < this.#quietCheckAt) return;
    for (const tenant of this.#noisyTenants) {
      if (tenant.lastSentAt + QUIET_AFTER_MS <= now) this.#becomeQuiet(tenant);
    }
    this.#planQuietCheck();
  }

  standing(message: Message): Standing | undefined {
    const place = message.state === "visible" ? this.#tenantOf(message).ownPlaceOf(message) : undefined;
    return place === undefined ? undefined : { place };
  }

  keep(message: Message, { place = message.key }: Standing): void {
    const tenant = this.#tenantOf(message);
    if (message.state === "visible") tenant.putAt(message, place);
    else if (message.state === "delayed") tenant.delayed++;
    else {
      tenant.inFlight++;
      this.#inFlight++;
    }
    this.#rank(tenant);
  }

  takeFairness(): FairnessTaken {
    return this.#fairness.take(this.#now);
  }

  keepFairness({ at, groupId, isNoisy = false, processed }: FairnessKept): void {
    if (groupId === undefined) return processed && this.#processing.keep(processed);
    const tenant = this.#tenantOf({ groupId });
    tenant.lastSentAt = at;
    if (processed !== undefined) tenant.processing.keep(processed);
    if (isNoisy) this.#becomeNoisy(tenant);
  }

  #tenantOf({ groupId }: Pick<Message, "groupId">): Tenant {
    if (groupId === undefined) return this.#tenantWithoutGroup();
    let tenant = this.#tenants.get(groupId);
    if (tenant === undefined) {
      tenant = new Tenant(groupId);
      this.#tenants.set(groupId, tenant);
    }
    return tenant;
  }

  #tenantWithoutGroup(): Tenant {
    this.#groupless ??= new Tenant(undefined, this.#fresh);
    return this.#groupless;
  }

  #landed(tenant: Tenant, message: Message): void {
    tenant.inFlight--;
    this.#inFlight--;
    this.#fairness.before(tenant);
    const durationMs = this.#now - (message.delivery?.receivedAt ?? this.#now);
    tenant.processing.add(durationMs, this.#now);
    this.#processing.add(durationMs, this.#now);
    this.#rank(tenant);
  }

  /** The first of the noisy ones, when all in the quiet line turned noisy. There are few: each has a share of a tenth. */
  #leastNoisy(): Tenant | undefined {
    let first = this.#noisy.first();
    for (const tenant of this.#quiet) {
      if (first === undefined || noisyRank(tenant) < noisyRank(first)) first = tenant;
    }
    return first;
  }

  /** Those whose turn comes last as things stand, whether or not they were found out yet. Looks at every tenant. */
  #noisyInOrder(): readonly Tenant[] {
    const noisy = [...this.#noisy];
    for (const tenant of this.#quiet) if (this.#isNoisy(tenant)) noisy.push(tenant);
    return noisy.sort((a, b) => noisyRank(a) - noisyRank(b));
  }

  #isNoisy(tenant: Tenant): boolean {
    if (tenant.groupId === undefined || tenant.lastSentAt + QUIET_AFTER_MS <= this.#now) return false;
    if (tenant.inFlight >= NOISY_MESSAGES && tenant.inFlight > this.#inFlight * NOISY_SHARE) return true;
    if (tenant.processing.recentCount(this.#now) < NOISY_MESSAGES) return false;
    return tenant.processing.recentMs(this.#now) > this.#processing.recentMs(this.#now) * NOISY_SHARE;
  }

  #becomeNoisy(tenant: Tenant): void {
    this.#fairness.before(tenant);
    this.#quiet.delete(tenant);
    tenant.isNoisy = true;
    this.#noisyTenants.add(tenant);
    this.#quietCheckAt = Math.min(this.#quietCheckAt, tenant.lastSentAt + QUIET_AFTER_MS);
    this.#rank(tenant);
  }

  #becomeQuiet(tenant: Tenant): void {
    this.#fairness.before(tenant);
    this.#noisy.delete(tenant);
    tenant.isNoisy = false;
    this.#noisyTenants.delete(tenant);
    this.#rank(tenant);
  }

  #planQuietCheck(): void {
    this.#quietCheckAt = Number.POSITIVE_INFINITY;
    for (const { lastSentAt } of this.#noisyTenants) {
      this.#quietCheckAt = Math.min(this.#quietCheckAt, lastSentAt + QUIET_AFTER_MS);
    }
  }

  /** Puts the tenant where its first message and its noise say it belongs. */
  #rank(tenant: Tenant): void {
    const place = tenant.firstPlace;
    if (place === Number.POSITIVE_INFINITY) {
      this.#quiet.delete(tenant);
      this.#noisy.delete(tenant);
      this.#forgetIfIdle(tenant);
    } else if (tenant.isNoisy) this.#noisy.set(tenant, noisyRank(tenant));
    else this.#quiet.set(tenant, place);
  }

  /** A tenant whose backlog is used up is quiet again, and forgotten once nothing of it is in flight or delayed. */
  #forgetIfIdle(tenant: Tenant): void {
    this.#fairness.before(tenant);
    if (tenant.isNoisy) {
      tenant.isNoisy = false;
      this.#noisyTenants.delete(tenant);
    }
    const isIdle = tenant.inFlight === 0 && tenant.delayed === 0;
    if (isIdle && tenant.groupId !== undefined) this.#tenants.delete(tenant.groupId);
  }
}

function noisyRank({ inFlight, firstPlace }: Tenant): number {
  return inFlight * PLACES + (firstPlace % PLACES);
}
