import type { ResolvedResource } from "../../template/resolve.ts";
import type { JsonMap } from "../../template/value.ts";
import type { ApplyDeps, ResourceEvent, ResourceStatus } from "./application.ts";
import { failureReason } from "./failure-reason.ts";

type Named = Pick<ResolvedResource, "logicalId" | "type">;
type Verb = "CREATE" | "UPDATE";

/** Why something failed, and what was known by then. */
interface Failure {
  readonly cause: unknown;
  readonly physicalId: string;
  readonly properties?: JsonMap;
}

/** Tells the observer what happens to resources, and keeps in mind what failed. */
export class ResourceStory {
  readonly #deps: Pick<ApplyDeps, "observer" | "ids" | "typeNamed">;
  readonly #failed: { readonly logicalId: string; readonly verb: Verb }[] = [];
  readonly #unmade: { readonly resource: Named; readonly failure: Failure }[] = [];

  constructor(deps: Pick<ApplyDeps, "observer" | "ids" | "typeNamed">) {
    this.#deps = deps;
  }

  get hasFailures(): boolean {
    return this.#failed.length > 0;
  }

  /** `The following resource(s) failed to create: [a]. ` */
  get failures(): string {
    const sentences = (["CREATE", "UPDATE"] as const).map((verb) => {
      const ids = this.#failed.filter((one) => one.verb === verb).map(({ logicalId }) => logicalId);
      return ids.length === 0 ? "" : `The following resource(s) failed to ${verb.toLowerCase()}: [${ids.join(", ")}]. `;
    });
    return sentences.join("");
  }

  tell(
    { logicalId, type }: Named,
    status: ResourceStatus,
    rest: Pick<ResourceEvent, "physicalId" | "reason" | "properties">,
  ): void {
    this.#deps.observer.resource({ logicalId, type, status, ...rest });
  }

  fail(resource: Named, verb: Verb, failure: Failure): void {
    this.note(resource, verb);
    if (verb === "CREATE") this.#unmade.push({ resource, failure });
    this.tellFailure(resource, `${verb}_FAILED`, failure);
  }

  /**
   * Tells of what could not be made that it is gone, but for what left something that has to go first. AWS: with whatever else is
   * undone, and without saying that it is going.
   */
  dismissUnmade(left: ReadonlySet<string>): void {
    for (const { resource, failure } of this.#unmade) {
      if (left.has(resource.logicalId)) continue;
      const { cause: _told, ...rest } = failure;
      this.tell(resource, "DELETE_COMPLETE", rest);
    }
  }

  /** Counts a failure that nobody is told of. */
  note({ logicalId }: Named, verb: Verb): void {
    this.#failed.push({ logicalId, verb });
  }

  /** Tells of a failure that does not count. */
  tellFailure(resource: Named, status: ResourceStatus, { cause, ...rest }: Failure): void {
    const [, service = ""] = resource.type.split("::");
    const name = service.charAt(0) + service.slice(1).toLowerCase();
    const isOwn = this.#deps.typeNamed(resource.type).isOwn === true;
    this.tell(resource, status, { ...rest, reason: failureReason(cause, { service: name, isOwn }, this.#deps.ids) });
  }
}
