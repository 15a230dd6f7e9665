import { isDeepStrictEqual } from "node:util";
import type { AppliedResource, Tags } from "../../template/plan/applied.ts";
import { tagsWanted } from "../../template/plan/plan.ts";
import type { ResolvedResource } from "../../template/resolve.ts";
import { type JsonMap, jsonOf } from "../../template/value.ts";
import { coerced } from "../property.ts";
import { type Made, type ResourceContext, ResourceFailure, type ResourceType, type Wanted } from "../resource-type.ts";
import type { ApplyDeps, Attended } from "./application.ts";
import { isMissing, PropertyFailure } from "./failure-reason.ts";

/** A resource that is to be, its properties known. */
export interface Target extends Wanted {
  readonly resource: ResolvedResource;
}

/** Who ends the creation of a resource, and who hears by which physical id it is known. */
interface Creation extends Required<Pick<ResourceContext, "initiated">> {
  readonly cancelled: AbortSignal | undefined;
}

type Named = Pick<ResolvedResource, "logicalId" | "type">;

/** Calls the handlers of resource types. */
export class ResourceHandler {
  readonly #deps: ApplyDeps;
  readonly #stackTags: Tags;

  constructor(deps: ApplyDeps, stackTags: Tags) {
    this.#deps = deps;
    this.#stackTags = stackTags;
  }

  /** The resource with properties of the types it wants. Throws PropertyFailure and ResourceFailure. */
  target(resource: ResolvedResource, given: JsonMap): Target {
    const { logicalId, type } = resource;
    const rules = this.#typeNamed(type);
    const made = coerced(rules, given);
    if ("flaw" in made) {
      throw new PropertyFailure(`Properties validation failed for resource ${logicalId} with message: ${made.flaw}`);
    }
    return { resource, properties: made.properties, tags: tagsWanted(rules, made.properties, this.#stackTags) };
  }

  /** Throws ResourceCancelled when the signal aborts while an answer is waited for. */
  async create(target: Target, { cancelled, initiated }: Creation): Promise<AppliedResource> {
    const { resource } = target;
    const type = this.#typeNamed(resource.type);
    const make = (context: ResourceContext) => type.create({ ...context, initiated }, target);
    return appliedOf(target, await this.#attend(resource, make, cancelled));
  }

  /** Whether a resource has to be another one to be what is wanted. Throws ResourceFailure when it has a name that it cannot keep. */
  isReplaced(before: AppliedResource, { resource, properties }: Target): boolean {
    const type = this.#typeNamed(resource.type);
    if (before.type !== resource.type || before.failed === "create") return true;
    const changed = Object.keys(type.properties).filter(
      (name) =>
        type.properties[name]?.replaces !== undefined && !isDeepStrictEqual(before.properties[name], properties[name]),
    );
    if (changed.length === 0) return false;
    const name = type.nameProperty === undefined ? undefined : properties[type.nameProperty];
    if (name !== undefined && name === before.properties[type.nameProperty ?? ""]) {
      throw new ResourceFailure(
        "InvalidRequest",
        `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${String(name)} and update the stack again.`,
      );
    }
    return true;
  }

  /** What is left of a target that could not be made or changed, to be undone like what could; undefined if nothing is. */
  left(target: Target, cause: unknown): AppliedResource | undefined {
    if (!(cause instanceof ResourceFailure) || cause.left === undefined) return undefined;
    return appliedOf(target, { physicalId: cause.left, attributes: {} });
  }

  async update(before: AppliedResource, target: Target): Promise<AppliedResource> {
    const type = this.#typeNamed(target.resource.type);
    const change = { physicalId: before.physicalId, attributes: before.attributes, before, after: target };
    return appliedOf(target, await this.#attend(target.resource, (context) => type.update(context, change)));
  }

  async delete(resource: AppliedResource): Promise<void> {
    try {
      const type = this.#typeNamed(resource.type);
      await this.#attend(resource, (context) => type.delete(context, resource));
    } catch (cause) {
      if (!isMissing(cause)) throw cause;
    }
  }

  #typeNamed(type: string): ResourceType {
    return this.#deps.typeNamed(type);
  }

  #attend<T>(resource: Named, task: (context: ResourceContext) => Promise<T>, cancelled?: AbortSignal): Promise<T> {
    return this.#deps.attend(resource.logicalId, (attended) => task(this.#contextOf(resource, attended)), cancelled);
  }

  #contextOf({ logicalId, type }: Named, attended: Attended): ResourceContext {
    const { operate, scope, stack, ids } = this.#deps;
    return {
      logicalId,
      type,
      stack,
      scope,
      ids,
      operate: async (call, input, region = scope.region) => {
        const [service = "", operation = ""] = call.split(" ");
        return ((await operate(service, operation, input, { account: scope.account, region })) ?? {}) as JsonMap;
      },
      ...attended,
      unknown: this.#deps.unknown,
    };
  }
}

function appliedOf({ resource, properties, tags }: Target, { physicalId, attributes }: Made): AppliedResource {
  const { logicalId, type, dependsOn, deletionPolicy, updateReplacePolicy, metadata } = resource;
  return {
    logicalId,
    type,
    physicalId,
    properties,
    tags,
    attributes,
    dependsOn,
    deletionPolicy,
    updateReplacePolicy,
    ...(metadata !== undefined && { metadata: jsonOf(metadata) }),
  };
}
