import { Lifecycle, type LifecycleStatus } from "../lifecycle.ts";
import type { Tags } from "../settings.ts";

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
  readonly lifecycle: Lifecycle;
  tags: Tags;
  /** Text of the resource policy, if it has one. */
  policy: string | undefined;

  constructor(identity: ConsumerIdentity, tags: Tags) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.createdAt = identity.createdAt;
    this.tags = tags;
    this.lifecycle = new Lifecycle(identity.activeAt);
  }

  get status(): LifecycleStatus {
    return this.lifecycle.status;
  }
}
