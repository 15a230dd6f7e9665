import type { AppliedResource } from "../../template/plan/applied.ts";
import type { Plan } from "../../template/plan/plan.ts";
import { ResourceFailure } from "../resource-type.ts";
import type { ApplyOptions, ChangeOfResource } from "./application.ts";
import type { ResourceStory } from "./resource-story.ts";

type Refusing = Pick<ApplyOptions, "refuseChange">;

/** Throws ResourceFailure for a change that is not allowed. */
export function refuse({ logicalId, type }: AppliedResource, action: ChangeOfResource["action"], by: Refusing): void {
  const flaw = by.refuseChange?.({ logicalId, type, action });
  if (flaw !== undefined) throw new ResourceFailure(undefined, flaw);
}

/** Tells of everything that may not be taken away, before anything is changed. */
export function refuseRemovals({ removals }: Plan, by: Refusing, story: ResourceStory): void {
  for (const { before } of removals) {
    try {
      refuse(before, "Delete", by);
    } catch (cause) {
      story.fail(before, "UPDATE", { cause, physicalId: before.physicalId });
    }
  }
}
