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

  constructor(settings: QueueSettings, now: () => number, deadLetters?: NaiveQueue) {
    this.#settings = settings;
    this.#now = now;
    this.#deadLetters = deadLetters;
  }

  /** Messages a receive could return now, in the order it would. */
  receivable(): NaiveMessage[] {
    this.#settle();
    if (!this.#settings.isFifo) return this.#messages.filter((m) => !m.isHidden).sort((a, b) => a.place - b.place);
    const ids = new Set(this.#messages.map(({ groupId }) => groupId));
    const groups = [...ids].map((id) => this.#messages.filter(({ groupId }) => groupId === id));
    const unlocked = groups.filter((group) => !group.some((m) => m.isHidden && m.count > 0));
    return unlocked.flatMap((group) =>
      group.slice(
        0,
        [...group, { isHidden: true }].findIndex((m) => m.isHidden),
      ),
    );
  }

  take(messages: readonly NaiveMessage[], timeoutMs = this.#settings.visibilityTimeoutMs): Handle[] {
    const now = this.#now();
    for (const m of messages) {
      Object.assign(m, { count: m.count + 1, receivedAt: now, visibleAt: now + timeoutMs, isHidden: true });
    }
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
  }

  delete(handle: Handle): string {
    return this.#act(handle, (m) => {
      this.#messages = this.#messages.filter((other) => other !== m);
      return "deleted";
    });
  }

  changeVisibility(handle: Handle, timeoutMs: number): string {
    return this.#act(handle, (m) => {
      if (this.#now() - m.receivedAt + timeoutMs > 43_200_000) return "beyond-limit";
      if (m.isHidden || timeoutMs > 0) Object.assign(m, { visibleAt: this.#now() + timeoutMs, isHidden: true });
      return "changed";
    });
  }

  purge(): string {
    this.#messages = [];
    this.#accepted = [];
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

  #settle(): void {
    const now = this.#now();
    const due = this.#messages.filter((m) => m.isHidden && m.visibleAt <= now);
    for (const m of due.sort((a, b) => a.visibleAt - b.visibleAt || a.arrival - b.arrival)) {
      m.isHidden = false;
      m.place = m.count - m.countBefore < 3 ? m.arrival : this.#places++;
    }
    this.#messages = this.#messages.filter((m) => now < m.sentAt + this.#settings.retentionMs);
  }

  #giveUp(message: NaiveMessage): boolean {
    const { redrive } = this.#settings;
    if (this.#deadLetters === undefined || redrive === undefined) return false;
    if (message.count - message.countBefore < redrive.maxReceiveCount) return false;
    this.#messages = this.#messages.filter((other) => other !== message);
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
