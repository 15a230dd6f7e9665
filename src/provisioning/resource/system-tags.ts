import type { Tags } from "../template/plan/applied.ts";
import type { ResourceContext } from "./resource-type.ts";

/** The tags that CloudFormation itself gives to what it makes, and never takes away. AWS: only it can set such tags. */
export function systemTags({ logicalId, stack }: Pick<ResourceContext, "logicalId" | "stack">): Tags {
  return {
    "aws:cloudformation:stack-name": stack.name,
    "aws:cloudformation:stack-id": stack.id,
    "aws:cloudformation:logical-id": logicalId,
  };
}
