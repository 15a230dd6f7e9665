import type { Texts } from "../world/world.ts";
import { type Difference, differences } from "./attributes.ts";
import type { Plan, Step } from "./plan.ts";

/** How a service changes tags. */
interface TagOperations {
  set(tags: Texts): Promise<unknown>;
  remove(keys: readonly string[]): Promise<unknown>;
}

/** Plans the change of tags, and tells the differences. Tags that are not declared stay. */
export function planTags(
  plan: Plan,
  about: Pick<Step, "subject" | "path">,
  {
    declared,
    present,
    operations,
  }: { readonly declared: Texts; readonly present: Texts; readonly operations: TagOperations },
): readonly Difference[] {
  const changed = differences(declared, present);
  if (changed.length === 0) return [];
  const after = Object.fromEntries(changed.map(({ name, after }) => [name, after]));
  const before = Object.fromEntries(
    changed.flatMap(({ name, before }) => (before === undefined ? [] : [[name, before]])),
  );
  const added = changed.filter((one) => one.before === undefined).map(({ name }) => name);
  plan.add({
    stage: "change",
    ...about,
    run: () => operations.set(after),
    async undo() {
      if (added.length > 0) await operations.remove(added);
      if (Object.keys(before).length > 0) await operations.set(before);
    },
  });
  return changed.map((difference) => ({ ...difference, name: `tag ${difference.name}` }));
}

/** Tags as SNS has them. */
export function tagList(tags: Texts): readonly { readonly Key: string; readonly Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The other way round. */
export function tagMap(tags: readonly { readonly Key: string; readonly Value?: string }[] = []): Texts {
  return Object.fromEntries(tags.map(({ Key, Value = "" }) => [Key, Value]));
}
