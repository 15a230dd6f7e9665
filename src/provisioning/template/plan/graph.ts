import { TemplateError } from "../template-error.ts";

/** Something that others have to be there for. */
interface Node {
  readonly logicalId: string;
  readonly dependsOn: readonly string[];
}

/**
 * The nodes, each behind those it depends on, else in the order given. What they depend on beside each other is there already. Throws
 * TemplateError when they go round in a circle.
 */
export function inOrder<N extends Node>(nodes: readonly N[]): readonly N[] {
  const byId = new Map(nodes.map((node) => [node.logicalId, node]));
  const users = new Map<string, N[]>();
  const missing = new Map<string, number>();
  for (const node of nodes) {
    const needed = new Set(node.dependsOn.filter((id) => byId.has(id)));
    missing.set(node.logicalId, needed.size);
    for (const id of needed) {
      const known = users.get(id);
      if (known === undefined) users.set(id, [node]);
      else known.push(node);
    }
  }
  const ordered = nodes.filter(({ logicalId }) => missing.get(logicalId) === 0);
  for (const { logicalId } of ordered) {
    for (const user of users.get(logicalId) ?? []) {
      const left = (missing.get(user.logicalId) ?? 0) - 1;
      missing.set(user.logicalId, left);
      if (left === 0) ordered.push(user);
    }
  }
  if (ordered.length === nodes.length) return ordered;
  const circular = nodes.filter(({ logicalId }) => (missing.get(logicalId) ?? 0) > 0);
  throw new TemplateError(
    `Circular dependency between resources: [${circular.map(({ logicalId }) => logicalId).join(", ")}]`,
  );
}
