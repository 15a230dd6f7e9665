import type { Stack } from "../../../engine/stack/stack.ts";
import type { Stacks } from "../../../engine/stack/stacks.ts";
import type { AppliedOutput } from "../../../provisioning/resource/apply/application.ts";

/** AWS: of a value that is exported. */
const MAX_BYTES = 1024;

/** Why the stack cannot have those outputs, exports of others being in the way; undefined when it can. */
export function exportFlaw(stacks: Stacks, stack: Stack, outputs: readonly AppliedOutput[]): string | undefined {
  const wanted = new Map<string, string>();
  for (const { key, exportName: name, value } of outputs) {
    if (name === undefined) continue;
    const length = Buffer.byteLength(value);
    if (length > MAX_BYTES)
      return `Cannot export output ${key} with length ${length}. Max length of ${MAX_BYTES} exceeded.`;
    const other = stacks.export(name);
    if (other !== undefined && other.stackId !== stack.id) {
      return `Export with name ${name} is already exported by stack ${stacks.find(other.stackId)?.name}.`;
    }
    wanted.set(name, value);
  }
  for (const { exportName: name, value } of stack.content.outputs) {
    if (name === undefined || wanted.get(name) === value) continue;
    const users = stacks.importers(name);
    if (users.length === 0) continue;
    return wanted.has(name)
      ? `Export ${name} cannot be updated as it is in use by ${users.join(", ")}`
      : inUse(name, users);
  }
  return undefined;
}

/** Why the stack cannot go; undefined when it can. */
export function deletionFlaw(stacks: Stacks, { content }: Stack): string | undefined {
  for (const { exportName: name } of content.outputs) {
    if (name === undefined) continue;
    const users = stacks.importers(name);
    if (users.length > 0) return inUse(name, users);
  }
  return undefined;
}

function inUse(name: string, users: readonly string[]): string {
  return `Export ${name} cannot be deleted as it is in use by ${users.join(", ")}`;
}
