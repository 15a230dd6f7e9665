import type { QueueSettings } from "../../src/engine/queue/settings.ts";

/** A message is known by its body, a receive of it by the receive count it gave. */
export interface Handle {
  readonly body: string;
  readonly count: number;
}

interface NaiveMessage {
  readonly body: string;
  readonly groupId: string | undefined;
  readonly sentAt: number;
  readonly arrival: number;
  place: number;
  count: number;
  /** The count it came with. */
  readonly countBefore: number;
  receivedAt: number;
  visibleAt: number;
  isHidden: boolean;
}

/** SQS's rules on arrays, with a scan for everything. Knows no fair queues: a standard queue is in plain order. */
export class NaiveQueue {
  #messages: NaiveMessage[] = [];
  #settings: QueueSettings;
  readonly #now: () => number;
  readonly #deadLetters: NaiveQueue | undefined;
  #accepted: { readonly id: string; readonly until: number }[] = [];
  #places = 0;
  /** Message groups of a FIFO queue in the order in which they became receivable. */
  #line: (string | undefined)[] = [];
  /** The instant up to which everything happened that time brings. */
  #reached = Number.NEGATIVE_INFINITY;

  constructor(settings: QueueSettings, now: () => number, deadLetters?: NaiveQueue) {
    this.#settings = settings;
    this.#now = now;
    this.#deadLetters = deadLetters;
  }

  /** Messages a receive could return now, in the order it would. */
  receivable(): NaiveMessage[] {
    this.#settle();
    if (!this.#settings.isFifo) return this.#messages.filter((m) => !m.isHidden).sort((a, b) => a.place - b.place);
    return this.#line.flatMap((id) => {
      const group = this.#messages.filter(({ groupId }) => groupId === id);
      const blockedFrom = group.findIndex((m) => m.isHidden);
      return blockedFrom < 0 ? group : group.slice(0, blockedFrom);
    });
  }

  take(messages: readonly NaiveMessage[], timeoutMs = this.#settings.visibilityTimeoutMs): Handle[] {
    const now = this.#now();
    for (const m of messages) {
      Object.assign(m, { count: m.count + 1, receivedAt: now, visibleAt: now + timeoutMs, isHidden: true });
    }
    this.#lineUp();
    this.#settle();
    return messages.map(({ body, count }) => ({ body, count }));
  }

  receive(max: number, timeoutMs?: number): Handle[] {
    const taken: NaiveMessage[] = [];
    for (const message of this.receivable()) {
      if (taken.length === max) break;
      if (!this.#giveUp(message)) taken.push(message);
    }
    return this.take(taken, timeoutMs);
  }

  /** Takes a message another queue gave up on. */
  arrive(message: NaiveMessage): void {
    this.#settle();
    const sentAt = this.#settings.isFifo ? this.#now() : message.sentAt;
    const place = this.#places++;
    this.#messages.push({ ...message, sentAt, arrival: place, place, countBefore: message.count });
    this.#lineUp();
  }

  send(body: string, { groupId, deduplicationId: id, delayMs = this.#settings.delayMs }: SendOptions): void {
    this.#settle();
    const now = this.#now();
    if (this.#settings.isFifo && id !== undefined) {
      if (this.#accepted.some((one) => one.id === id && now < one.until)) return;
      this.#accepted.push({ id, until: now + 300_000 });
    }
    const place = this.#places++;
    const fresh = { count: 0, countBefore: 0, receivedAt: 0, visibleAt: now + delayMs, isHidden: delayMs > 0 };
    this.#messages.push({ body, groupId, sentAt: now, arrival: place, place, ...fresh });
    this.#lineUp();
  }

  delete(handle: Handle): string {
    return this.#act(handle, (m) => {
      this.#drop(m);
      return "deleted";
    });
  }

  changeVisibility(handle: Handle, timeoutMs: number): string {
    return this.#act(handle, (m) => {
      if (this.#now() - m.receivedAt + timeoutMs > 43_200_000) return "beyond-limit";
      if (m.isHidden || timeoutMs > 0) Object.assign(m, { visibleAt: this.#now() + timeoutMs, isHidden: true });
      this.#settle();
      return "changed";
    });
  }

  purge(): string {
    this.#messages = [];
    this.#accepted = [];
    this.#line = [];
    return "purged";
  }

  configure(changed: Partial<QueueSettings>): void {
    this.#settle();
    const isRetroactive =
      this.#settings.isFifo && changed.delayMs !== undefined && changed.delayMs !== this.#settings.delayMs;
    this.#settings = { ...this.#settings, ...changed };
    const delayed = this.#messages.filter((m) => isRetroactive && m.isHidden && m.count === 0);
    for (const m of delayed) m.visibleAt = m.sentAt + this.#settings.delayMs;
  }

  get counts() {
    this.#settle();
    const count = (isCounted: (m: NaiveMessage) => boolean): number => this.#messages.filter(isCounted).length;
    return {
      visible: count((m) => !m.isHidden),
      inFlight: count((m) => m.isHidden && m.count > 0),
      delayed: count((m) => m.isHidden && m.count === 0),
    };
  }

  /** Has everything happen that time brings, instant by instant. */
  #settle(): void {
    const now = this.#now();
    for (let next = this.#nextInstant(); next <= now; next = this.#nextInstant()) {
      this.#reached = Math.max(next, this.#reached);
      for (const m of this.#messages.filter((m) => m.isHidden && m.visibleAt <= this.#reached)) this.#show(m);
      for (const m of this.#messages.filter((m) => this.#endOf(m) <= this.#reached)) this.#drop(m);
    }
    this.#reached = now;
  }

  #nextInstant(): number {
    return Math.min(...this.#messages.map((m) => Math.min(m.isHidden ? m.visibleAt : Infinity, this.#endOf(m))));
  }

  #endOf({ sentAt }: NaiveMessage): number {
    return sentAt + this.#settings.retentionMs;
  }

  #show(message: NaiveMessage): void {
    message.isHidden = false;
    message.place = message.count - message.countBefore < 3 ? message.arrival : this.#places++;
    this.#lineUp();
  }

  #drop(message: NaiveMessage): void {
    this.#messages = this.#messages.filter((other) => other !== message);
    this.#lineUp();
  }

  /** A group stands in the line while its first message is visible. */
  #lineUp(): void {
    const heads = new Map<string | undefined, NaiveMessage>();
    for (const m of this.#messages) if (!heads.has(m.groupId)) heads.set(m.groupId, m);
    const isReceivable = (id: string | undefined): boolean => heads.get(id)?.isHidden === false;
    this.#line = this.#line.filter(isReceivable);
    const joining = [...heads.keys()].filter((id) => isReceivable(id) && !this.#line.includes(id));
    this.#line.push(...joining);
  }

  #giveUp(message: NaiveMessage): boolean {
    const { redrive } = this.#settings;
    if (this.#deadLetters === undefined || redrive === undefined) return false;
    if (message.count - message.countBefore < redrive.maxReceiveCount) return false;
    this.#drop(message);
    this.#deadLetters.arrive(message);
    return true;
  }

  #act({ body, count }: Handle, action: (m: NaiveMessage) => string): string {
    this.#settle();
    const message = this.#messages.find((m) => m.body === body);
    if (message === undefined) return "gone";
    const isExpired = this.#settings.isFifo && !(message.isHidden && message.count === count);
    return isExpired ? "expired" : action(message);
  }
}

export interface SendOptions {
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly delayMs?: number | undefined;
}
