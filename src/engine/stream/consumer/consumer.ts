import type { Tags } from "../settings.ts";

type ConsumerStatus = "CREATING" | "ACTIVE" | "DELETING";

/** Who a consumer is, and when it is ready. */
export interface ConsumerIdentity {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly activeAt: number;
}

/** A registered consumer of a stream. Only its stream changes it. */
export class Consumer {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  tags: Tags;
  /** Text of the resource policy, if it has one. */
  policy: string | undefined;
  #status: ConsumerStatus = "CREATING";
  #changesAt: number;
  #isGone = false;

  constructor(identity: ConsumerIdentity, tags: Tags) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.createdAt = identity.createdAt;
    this.tags = tags;
    this.#changesAt = identity.activeAt;
  }

  get status(): ConsumerStatus {
    return this.#status;
  }

  /** When time alone changes the status; Infinity when it does not. */
  get changesAt(): number {
    return this.#changesAt;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Begins the end, which comes at the instant. */
  leave(goneAt: number): void {
    this.#status = "DELETING";
    this.#changesAt = goneAt;
  }

  passTime(now: number): void {
    if (this.#changesAt > now) return;
    this.#changesAt = Number.POSITIVE_INFINITY;
    if (this.#status === "CREATING") this.#status = "ACTIVE";
    else this.#isGone = true;
  }
}
