import { isDeepStrictEqual } from "node:util";
import type { Tags } from "../../template/plan/applied.ts";
import type { ResourceContext } from "../resource-type.ts";
import { removedTags } from "../tags.ts";

/** Gives what has that ARN the tags it is to have. */
export async function retag(
  { operate }: ResourceContext,
  Resource: string,
  { before, after }: { readonly before: Tags; readonly after: Tags },
): Promise<void> {
  if (isDeepStrictEqual(before, after)) return;
  const TagKeys = removedTags(before, after);
  if (TagKeys.length > 0) await operate("lambda UntagResource", { Resource, TagKeys });
  if (Object.keys(after).length > 0) await operate("lambda TagResource", { Resource, Tags: after });
}
