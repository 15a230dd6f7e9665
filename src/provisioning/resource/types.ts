import { present } from "../../kernel/present.ts";
import type { Resolved } from "../template/resolve.ts";
import { formatError } from "../template/template-error.ts";
import type { ResourceType } from "./resource-type.ts";
import { queue } from "./sqs/queue.ts";

/** Every type of resources that stacks can have, by name. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map<string, ResourceType>([
  ["AWS::SQS::Queue", queue],
]);

/** The type of that name, which was looked for before: `refuseUnknownTypes`. */
export function typeNamed(type: string): ResourceType {
  return present(resourceTypes.get(type), `the resource type ${type}`);
}

/** Throws TemplateError, naming every offender, if there are resources of types that are not known. AWS's text comes first. */
export function refuseUnknownTypes({ resources }: Pick<Resolved, "resources">): void {
  const unknown = [...resources.values()].filter(({ type }) => !resourceTypes.has(type));
  if (unknown.length === 0) return;
  const types = [...new Set(unknown.map(({ type }) => type))];
  const pairs = unknown.map(({ logicalId, type }) => `${logicalId} (${type})`);
  throw formatError(
    `Unrecognized resource types: [${types.join(", ")}]. Waystation has none for ${pairs.join(", ")}; --unknown-resources stub accepts them.`,
  );
}
