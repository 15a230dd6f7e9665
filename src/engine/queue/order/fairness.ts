import { Takings } from "../../../kernel/collection/taken.ts";
import type { FairnessKept } from "../kept/kept-events.ts";
import type { ProcessingTime } from "../receive/processing-time.ts";
import type { FairnessTaken } from "./dispatch.ts";
import type { Tenant } from "./tenant.ts";

/** A noisy tenant that sent nothing for so long is quiet again. Fair queues guide. */
export const QUIET_AFTER_MS = 5 * 60_000;

interface FairnessDeps {
  readonly tenantOf: (groupId: string) => Tenant | undefined;
  /** Of the whole queue. */
  readonly processing: ProcessingTime;
}

/** What a standard queue knows of message groups, told as it was at one moment. */
export class Fairness {
  readonly #deps: FairnessDeps;
  readonly #takings = new Takings<string>();

  constructor(deps: FairnessDeps) {
    this.#deps = deps;
  }

  /** To be called before something changes of what is known of a group. */
  before({ groupId }: Tenant): void {
    // Messages without one have nothing in common.
    if (groupId !== undefined) this.#takings.before(groupId);
  }

  take(now: number): FairnessTaken {
    const { tenantOf, processing } = this.#deps;
    const processed = processing.kept(now);
    const taking = this.#takings.take((groupId) => {
      const tenant = tenantOf(groupId);
      return tenant && keptOf(tenant, now);
    });
    return {
      *of(groupIds) {
        if (processed !== undefined) yield { type: "fairnessKept", at: processed.windowStart, processed };
        for (const groupId of groupIds) {
          const kept = taking.of(groupId);
          if (kept !== undefined) yield kept;
        }
      },
      end: taking.end,
    };
  }
}

/** What decides whether the tenant is noisy, unless it is not and nothing of it is recent. */
function keptOf({ groupId, lastSentAt: at, isNoisy, processing }: Tenant, now: number): FairnessKept | undefined {
  const processed = processing.kept(now);
  if (at + QUIET_AFTER_MS <= now && !isNoisy && processed === undefined) return undefined;
  return { type: "fairnessKept", at, groupId, ...(isNoisy && { isNoisy }), ...(processed && { processed }) };
}
