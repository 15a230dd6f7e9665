import type { ResourceLine, StackLine } from "./stack.ts";

/** So many lines are kept of a stack; a template of 500 resources makes some 1,500 with each deployment. GAP: AWS keeps 90 days. */
const MOST_LINES = 5000;

/** What happened to a stack, and how its resources were last told of. */
export class StackHistory {
  /** The oldest first. */
  #lines: StackLine[];
  /** Whether somebody was given all of it, to whom it stays as it was. */
  #isShared = false;
  #resources: Map<string, ResourceLine>;

  constructor(lines: readonly StackLine[], resources: readonly ResourceLine[] = []) {
    this.#lines = [...lines];
    this.#resources = new Map(resources.map((resource) => [resource.logicalId, resource]));
  }

  /** The oldest first. */
  get lines(): readonly StackLine[] {
    return this.#lines;
  }

  /** All of it as it is now, whatever is added later. Costs nothing, and the next addition a copy. */
  taken(): { readonly lines: readonly StackLine[]; readonly resources: ReadonlyMap<string, ResourceLine> } {
    this.#isShared = true;
    return { lines: this.#lines, resources: this.#resources };
  }

  /** In the order in which they came. */
  resources(): Iterable<ResourceLine> {
    return this.#resources.values();
  }

  resource(logicalId: string): ResourceLine | undefined {
    return this.#resources.get(logicalId);
  }

  add(line: StackLine): void {
    if (this.#isShared) {
      this.#lines = [...this.#lines];
      this.#resources = new Map(this.#resources);
      this.#isShared = false;
    }
    this.#lines.push(line);
    // A good deal at a time, so that a line costs the same however many there are.
    if (this.#lines.length >= 2 * MOST_LINES) this.#lines = this.#lines.slice(-MOST_LINES);
  }

  addResource(line: StackLine): void {
    this.add(line);
    const { logicalId, physicalId, type, status, reason, at } = line;
    const known = this.#resources.get(logicalId);
    // What another resource has taken the place of is cleared away when that one is there already.
    if (known !== undefined && status.startsWith("DELETE_") && known.physicalId !== physicalId) return;
    this.#resources.set(logicalId, {
      logicalId,
      physicalId,
      type,
      status,
      at,
      ...(reason !== undefined && { reason }),
    });
  }
}
