import { oncePer } from "../kernel/collection/once-per.ts";
import { markCut } from "../model/check.ts";
import { bodyNameOf, type ListShape, type MapShape, type Shape, type StructureShape, shapeOf } from "../model/shape.ts";
import { RequestEntityTooLarge } from "./errors.ts";

/**
 * How many values a request may hold before somebody counts what is built of it. Five hundred records make some
 * thousands, and nothing that AWS takes makes more. A value of a byte or two becomes some sixty in memory.
 */
export const MOST_VALUES = 32 * 1024;

/** A place in a document that is read value by value. What is skipped is checked as well, but nothing is made of it. */
export interface DocumentCursor {
  kind(): "list" | "map" | "scalar";
  /** Steps into the list or map that stands here, and says what `hasAnother` wants to know of it. */
  open(): number;
  /** Whether it has a part after the first `taken`; steps over its end if not. */
  hasAnother(opened: number, taken: number): boolean;
  key(): string;
  /** Steps over the key, and says which of the names it is; -1 for none, of which nothing is made. */
  keyAmong(names: readonly Uint8Array[]): number;
  skipKey(): void;
  scalar(): unknown;
  skip(): void;
}

/**
 * A document with no more in it than can matter to the shape: what the shape does not know is left out, and a list or
 * map with a maximum ends one part behind it, which is enough to refuse it. So the memory a request takes follows from
 * its operation, however many values it sends.
 *
 * Throws RequestEntityTooLarge when what is left still has more values than any request needs.
 */
export function prunedDocument(shape: StructureShape, cursor: DocumentCursor): object {
  return new Pruner(cursor).read(shape) as object;
}

/** The members of a structure under the names they have in a body. */
interface BodyMembers {
  readonly names: readonly Uint8Array[];
  readonly members: readonly { readonly name: string; readonly shape: Shape }[];
}

const bodyMembersOf = oncePer((structure: StructureShape): BodyMembers => {
  const members = Object.entries(structure.members).map(([name, member]) => {
    return { name: bodyNameOf(name, shapeOf(member)), shape: shapeOf(member) };
  });
  return { names: members.map(({ name }) => Buffer.from(name)), members };
});

class Pruner {
  readonly #cursor: DocumentCursor;
  #left = MOST_VALUES;

  constructor(cursor: DocumentCursor) {
    this.#cursor = cursor;
  }

  read(shape: Shape): unknown {
    this.#charge();
    switch (this.#cursor.kind()) {
      case "scalar":
        return this.#cursor.scalar();
      case "list":
        return shape.kind === "list" ? this.#list(shape) : this.#misplaced([]);
      case "map":
        if (shape.kind === "structure") return this.#structure(shape);
        return shape.kind === "map" ? this.#map(shape) : this.#misplaced({});
    }
  }

  #list({ item, max = Number.POSITIVE_INFINITY }: ListShape): unknown[] {
    const cursor = this.#cursor;
    const items: unknown[] = [];
    const opened = cursor.open();
    let taken = 0;
    for (; items.length <= max && cursor.hasAnother(opened, taken); taken++) items.push(this.read(item));
    if (items.length > max) markCut(items, items.length + this.#skipRest(opened, taken));
    return items;
  }

  #map({ value: shape, max = Number.POSITIVE_INFINITY }: MapShape): object {
    const cursor = this.#cursor;
    const entries: Record<string, unknown> = Object.create(null);
    const opened = cursor.open();
    let size = 0;
    let taken = 0;
    for (; size <= max && cursor.hasAnother(opened, taken); taken++) {
      const key = cursor.key();
      const isKnown = Object.hasOwn(entries, key);
      const value = this.read(shape);
      entries[key] = value;
      if (!isKnown && value !== null) size++;
    }
    if (size > max) this.#skipRest(opened, taken, true);
    return entries;
  }

  #structure(shape: StructureShape): object {
    const { names, members } = bodyMembersOf(shape);
    const cursor = this.#cursor;
    const structure: Record<string, unknown> = {};
    const opened = cursor.open();
    for (let taken = 0; cursor.hasAnother(opened, taken); taken++) {
      const member = members[cursor.keyAmong(names)];
      if (member !== undefined) structure[member.name] = this.read(member.shape);
      else cursor.skip();
    }
    return structure;
  }

  #charge(): void {
    if (--this.#left < 0) throw new RequestEntityTooLarge();
  }

  /** Steps over what is left of a list or map, and says how many parts that is. */
  #skipRest(opened: number, taken: number, hasKeys = false): number {
    const cursor = this.#cursor;
    let at = taken;
    for (; cursor.hasAnother(opened, at); at++) {
      if (hasKeys) cursor.skipKey();
      cursor.skip();
    }
    return at - taken;
  }

  /** A list or map where its shape has none: whoever refuses it looks at no more than what it is. */
  #misplaced(emblem: object): object {
    this.#cursor.skip();
    return emblem;
  }
}
