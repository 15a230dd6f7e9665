import { type Infer, list, required, string, structure } from "../../model/shape.ts";
import { InvalidResourceType } from "./errors.ts";

const key = string({ min: 1, max: 128 });

export const tagList = list(structure({ Key: required(key), Value: required(string({ max: 256 })) }), { max: 1000 });
export const tagKeys = list(key);
export const tagViews = list(structure({ Key: string(), Value: string() }));

/** AWS: of other types of resources there are tags as well. */
export const resourceType = string({
  values: [
    ...["Document", "ManagedInstance", "MaintenanceWindow", "Parameter", "PatchBaseline", "OpsItem", "OpsMetadata"],
    ...["Automation", "Association"],
  ],
});

/** Throws InvalidResourceType: parameters alone have tags here. */
export function refuseOtherTypes(type: string): void {
  if (type !== "Parameter") throw new InvalidResourceType();
}

export function tagsIn(tags: Infer<typeof tagList>): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
