import { ANY, ANY_ARN } from "../../template/plan/applied.ts";
import { physicalName } from "../physical-name.ts";
import type { ResourceType } from "../resource-type.ts";

/** What the event of a stub says, so that nobody takes it for the real thing. */
function stubReason(type: string): string {
  return `Stub: Waystation does not implement ${type}`;
}

/** Stands for a type that is not known: its resources have an id and any attribute one asks for, and do nothing. */
export const stub: ResourceType = {
  properties: {},
  takesAny: true,
  attributes: undefined,
  note: stubReason,
  async create({ type, scope, ...context }) {
    const physicalId = physicalName({ type, scope, ...context });
    const [, service = "custom", kind = "resource"] = type.split("::");
    const { partition, region, account } = scope;
    const arn = `arn:${partition}:${service.toLowerCase()}:${region}:${account}:${kind.toLowerCase()}/${physicalId}`;
    return { physicalId, attributes: { [ANY]: physicalId, [ANY_ARN]: arn } };
  },
  update: async (_context, { physicalId, attributes }) => ({ physicalId, attributes }),
  delete: async () => {},
};
