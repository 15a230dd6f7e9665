import { latePackage } from "../../kernel/load/late-package.ts";
import type { Steps } from "../../kernel/time/in-turns.ts";

/** What a part may have to be written in one step: maps, lists and scalars, which take some microseconds each. */
const MOST_NODES_PER_STEP = 500;

type Members = Readonly<Record<string, unknown>>;

/** Writes plain values as YAML, step by step; each step ends where others can have their turn. */
export function* writeYaml(value: unknown): Steps<string> {
  const parts: string[] = [];
  for (const part of partsOf(value, 0)) {
    parts.push(part);
    yield;
  }
  return parts.join("");
}

/** The text of a value that stands `depth` maps deep, part by part. */
function* partsOf(value: unknown, depth: number): Generator<string, void, void> {
  if (nodesOf(value) <= MOST_NODES_PER_STEP || typeof value !== "object" || value === null) yield textOf(value, depth);
  else if (Array.isArray(value)) yield* partsOfList(value, depth);
  else yield* partsOfMap(value as Members, depth);
}

function* partsOfList(items: readonly unknown[], depth: number): Generator<string, void, void> {
  let group: unknown[] = [];
  let size = 0;
  for (const item of items) {
    const nodes = nodesOf(item);
    if (group.length > 0 && size + nodes > MOST_NODES_PER_STEP) {
      yield textOf(group, depth);
      group = [];
      size = 0;
    }
    group.push(item);
    size += nodes;
  }
  yield textOf(group, depth);
}

function* partsOfMap(members: Members, depth: number): Generator<string, void, void> {
  let group: [string, unknown][] = [];
  let size = 0;
  for (const [name, member] of Object.entries(members)) {
    if (member === undefined) continue;
    const nodes = 1 + nodesOf(member);
    if (group.length > 0 && size + nodes > MOST_NODES_PER_STEP) {
      yield textOf(Object.fromEntries(group), depth);
      group = [];
      size = 0;
    }
    const heading = nodes > MOST_NODES_PER_STEP ? headingOf(name, depth) : undefined;
    if (heading === undefined) {
      group.push([name, member]);
      size += nodes;
    } else {
      yield heading;
      yield* partsOf(member, depth + 1);
    }
  }
  if (group.length > 0) yield textOf(Object.fromEntries(group), depth);
}

/** The line that opens a member which is a map or list; undefined for a name that takes more than `name:`, and for a scalar. */
function headingOf(name: string, depth: number): string | undefined {
  const text = textOf({ [name]: { a: 0 } }, depth);
  const below = `:\n${"  ".repeat(depth + 1)}a: 0\n`;
  return text.endsWith(below) ? text.slice(0, 2 - below.length) : undefined;
}

/** A text is written as what it is inside of would have it: indented, which decides how strings of more lines are written, too. */
function textOf(value: unknown, depth: number): string {
  let whole = value;
  let above = 0;
  for (let level = 0; level < depth; level++) {
    whole = { a: whole };
    above += "a:\n".length + "  ".length * level;
  }
  const options = { lineWidth: 0, aliasDuplicateObjects: false };
  return latePackage("yaml", (yaml: typeof import("yaml")) => yaml.stringify(whole, options)).slice(above);
}

/** How many maps, lists and scalars a value is; somewhat more than a step may have is enough to know. */
function nodesOf(value: unknown): number {
  let nodes = 0;
  const left: unknown[] = [value];
  while (left.length > 0 && nodes <= MOST_NODES_PER_STEP) {
    const next = left.pop();
    nodes++;
    if (typeof next !== "object" || next === null) continue;
    for (const member of Object.values(next)) if (member !== undefined) left.push(member);
  }
  return nodes;
}
