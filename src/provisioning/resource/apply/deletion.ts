import type { AppliedResource } from "../../template/plan/applied.ts";
import { inOrder } from "../../template/plan/graph.ts";
import type { Plan } from "../../template/plan/plan.ts";
import type { Pace } from "../../template/text/limits.ts";
import type { ApplyOptions, Outcome } from "./application.ts";
import type { ResourceHandler } from "./resource-handler.ts";
import type { ResourceStory } from "./resource-story.ts";

/** A step costs about as much as so many tokens of a template. */
export const COST_OF_STEP = 200;

/** Takes resources away. */
export class Deletion {
  readonly #handler: ResourceHandler;
  readonly #story: ResourceStory;
  readonly #pace: Pace;

  constructor(handler: ResourceHandler, story: ResourceStory, pace: Pace) {
    this.#handler = handler;
    this.#story = story;
    this.#pace = pace;
  }

  /** Deletes resources, users first. Returns the logical ids of those that would not go. */
  async deleteAll(
    resources: readonly AppliedResource[],
    isLeft: (resource: AppliedResource) => boolean,
  ): Promise<readonly string[]> {
    const failed: string[] = [];
    for (const resource of inOrder(resources).toReversed()) {
      if (this.#pace.isDue(COST_OF_STEP)) await this.#pace.turn();
      if (!(await this.delete(resource, isLeft(resource)))) failed.push(resource.logicalId);
    }
    return failed;
  }

  /** Whether it is gone, or was to be left. */
  async delete(resource: AppliedResource, isLeft: boolean): Promise<boolean> {
    const { physicalId, properties } = resource;
    if (isLeft) {
      this.#story.tell(resource, "DELETE_SKIPPED", { physicalId, properties });
      return true;
    }
    this.#story.tell(resource, "DELETE_IN_PROGRESS", { physicalId, properties });
    try {
      await this.#handler.delete(resource);
    } catch (cause) {
      this.#story.tellFailure(resource, "DELETE_FAILED", { cause, physicalId, properties });
      return false;
    }
    this.#story.tell(resource, "DELETE_COMPLETE", { physicalId, properties });
    return true;
  }
}

/** Whether its template has it stay when it is not needed any more. */
export function isRetained({ deletionPolicy }: AppliedResource): boolean {
  return deletionPolicy === "Retain" || deletionPolicy === "RetainExceptOnCreate";
}

/** AWS: whether its template has it stay also when what made it is undone. */
export function isRetainedUndone(
  { deletionPolicy }: AppliedResource,
  { retainsExceptOnCreate = false }: Pick<ApplyOptions, "retainsExceptOnCreate">,
): boolean {
  return deletionPolicy === "Retain" && !retainsExceptOnCreate;
}

/** Takes everything of a stack away, but what is to stay. */
export async function deleteStack(
  { removals }: Plan,
  deletion: Deletion,
  options: Pick<ApplyOptions, "retained" | "retainsExceptOnCreate" | "undoesCreation">,
): Promise<Outcome> {
  const all = removals.map(({ before }) => before);
  const { retained = [], undoesCreation = false } = options;
  const stays = (one: AppliedResource) => (undoesCreation ? isRetainedUndone(one, options) : isRetained(one));
  const failed = await deletion.deleteAll(all, (one) => stays(one) || retained.includes(one.logicalId));
  const resources = all.filter(({ logicalId }) => failed.includes(logicalId));
  if (failed.length === 0) return { status: "complete", resources: [], outputs: undefined };
  const reason = `The following resource(s) failed to delete: [${failed.join(", ")}]. `;
  return { status: "deleteFailed", reason, resources, outputs: undefined };
}
